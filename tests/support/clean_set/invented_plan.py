"""What the invented extracts add up to: the counts of the NECS report 2019/20, where that report is consistent.

Its band table adds up to 66 BME staff and 156 of unknown ethnicity, while everything else in the report says 65 and
157, and its grouped table has 18 BME and 31 unknown in bands 8a to 9 where the bands add up to 19 and 30. The
consistent reading is one BME person fewer and one person of unknown ethnicity more in bands 8a to 9; here in Band 8b,
the largest of these cells. Ethnicity not known is not printed for recruitment; 213 applications, 35 shortlisted and
3 appointed reproduce the report's percentages of all applications (82.5%, 15.7%, 15.81%, 1.37%).
"""

from typing import Final

#: White, BME, unknown.
HEADCOUNT: Final = (1093, 65, 157)

#: Grade to people on the snapshot day: white, BME, unknown.
GRADES: Final = {
    "Band 2": (12, 1, 17),
    "Band 3": (77, 6, 35),
    "Band 4": (83, 3, 15),
    "Band 5": (180, 14, 26),
    "Band 6": (193, 9, 17),
    "Band 7": (229, 14, 14),
    "Band 8a": (136, 7, 12),
    "Band 8b": (94, 8, 8),
    "Band 8c": (44, 1, 6),
    "Band 8d": (24, 0, 3),
    "Band 9": (15, 2, 2),
    "VSM": (6, 0, 2),
}

#: Stage to people who reached it: white, BME, unknown.
STAGES: Final = {"applied": (9869, 1880, 213), "shortlisted": (1605, 251, 35), "appointed": (150, 11, 3)}

#: People who entered a formal disciplinary process in the two years; the third is invented.
ENTERED: Final = (15, 2, 1)

#: People who took up non-mandatory training in the year; the third is invented.
ACCESSED: Final = (218, 9, 22)

#: Question to response to respondents: white, BME, unknown (invented).
SURVEY: Final = {
    "13a": {
        "Never": (662, 29, 41),
        "1-2 times": (68, 7, 6),
        "3-5 times": (26, 1, 3),
        "6-10 times": (10, 0, 1),
        "More than 10 times": (7, 0, 0),
    },
    "13b": {
        "Never": (662, 24, 38),
        "1-2 times": (77, 7, 8),
        "3-5 times": (18, 5, 2),
        "6-10 times": (2, 1, 1),
        "More than 10 times": (9, 0, 1),
    },
    "14": {"Yes": (481, 13, 22), "No": (35, 6, 5)},
    "15a": {"Yes": (26, 5, 4), "No": (745, 32, 45)},
}

#: Members: ethnicity as the register has it, voting, executive. Five white, none BME, one unknown.
BOARD: Final = (
    ("A White - British", "Yes", "Yes"),
    ("A White - British", "Yes", "Yes"),
    ("A White - British", "Yes", "Yes"),
    ("B White - Irish", "Yes", "No"),
    ("A White - British", "No", "Yes"),
    ("Z Not stated", "Yes", "Yes"),
)

#: The year before: white, BME, unknown; headcount and training as the report prints them.
PREVIOUS: Final = {"headcount": (1013, 54, 137), "training": (250, 13)}

#: Ethnic categories as the staff list writes them, with how often they stand in each group.
CATEGORIES: Final = (
    (
        ("A White - British", 930),
        ("B White - Irish", 14),
        ("C White - Any other White background", 30),
        ("CN White Gypsy/Romany", 3),
        ("CP White Polish", 12),
        ("CC White Welsh", 11),
    ),
    (
        ("H Asian or Asian British - Indian", 22),
        ("J Asian or Asian British - Pakistani", 14),
        ("K Asian or Asian British - Bangladeshi", 6),
        ("LE Asian Sri Lankan", 3),
        ("N Black or Black British - African", 18),
        ("M Black or Black British - Caribbean", 6),
        ("R Other ethnic groups - Chinese", 9),
        ("F Mixed - White and Asian", 8),
        ("D Mixed - White and Black Caribbean", 6),
        ("S Other ethnic groups - Any other ethnic group", 5),
        ("SC Filipino", 3),
    ),
    (("Z Not stated", 70), ("", 25), ("X Not known", 5)),
)

#: Categories in words, as the recruitment system and the survey write them.
WORDED: Final = (
    (("White - British", 93), ("White - Irish", 2), ("White - Any other White background", 5)),
    (
        ("Asian or Asian British - Indian", 30),
        ("Asian or Asian British - Pakistani", 18),
        ("Black or Black British - African", 30),
        ("Other ethnic groups - Chinese", 8),
        ("Mixed - White and Asian", 14),
    ),
    (("Not stated", 80), ("I do not wish to disclose my ethnic origin", 20)),
)

#: Grade to the ways the staff list spells it.
SPELLINGS: Final = {
    **{f"Band {number}": (f"NHS|XR0{number}|Review Body Band {number}", f"Band {number}") for number in range(2, 8)},
    "Band 8a": ("NHS|XR08|Review Body Band 8 - Range A", "Band 8a"),
    "Band 8b": ("NHS|XR09|Review Body Band 8 - Range B", "8B"),
    "Band 8c": ("NHS|XR10|Review Body Band 8 - Range C", "Band 8c"),
    "Band 8d": ("NHS|XR11|Review Body Band 8 - Range D",),
    "Band 9": ("NHS|XR12|Review Body Band 9",),
    "VSM": ("Very Senior Manager",),
}

DIRECTORATES: Final = (
    ("Business Intelligence", 24), ("Clinical Quality", 14), ("Corporate Services", 20), ("Finance and Contracting", 22), ("Digital", 20),
)  # fmt: skip
STAFF_GROUPS: Final = (("Administrative and Clerical", 90), ("Nursing and Midwifery Registered", 6), ("Add Prof Scientific and Technic", 4))
GENDERS: Final = (("Female", 68), ("Male", 32))
AGE_BANDS: Final = (("Under 35", 30), ("35 to 49", 40), ("50 and over", 30))
