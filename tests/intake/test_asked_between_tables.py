"""What one table of a year says of another, or of itself, though each can be read. Witness: slips planted in the shipped project by hand."""

import re
import time
from zipfile import ZipFile

import openpyxl
import pytest
from support.doors import parameters_of, told

from wres_helpers.intake import read_counts, read_narrative, read_register
from wres_helpers.intake.texts.named_figures import names_of
from wres_helpers.intake.texts.narrative_texts import text_problems, yet_to_be_written
from wres_helpers.problems import InputProblems, ParameterProblems, Problem
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.reference_tables import read_reference


def edited(project, table, edit):
    path = project / "data" / "necs" / "2019-20" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    changed = edit(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize("stage", ["applied", "shortlisted", "appointed"])
def test_a_stage_that_has_no_rows_is_told(spoilable, stage):
    """Witness: one of the three stages left out of the file; two measures were "not supplied", and nobody was told."""
    edited(spoilable, "recruitment", lambda text: "".join(line for line in text.splitlines(True) if not line.startswith(stage)))
    assert f"recruitment.csv, column 'stage': found no {stage}; expected all that belong together" in told(spoilable)


@pytest.mark.parametrize(("part", "other"), [("voting", "non_voting"), ("non_executive", "executive")])
def test_a_part_of_the_board_without_its_other_side_is_told(spoilable, part, other):
    """Witness: a file cut short behind one of two parts; the total alone is whole."""
    assert "board.csv" not in told(spoilable)
    edited(spoilable, "board", lambda text: text + f"{part},white,3\n{part},bme,0\n{part},unknown,1\n")
    assert f"board.csv, column 'membership': found no {other}" in told(spoilable)


def test_a_base_of_the_survey_that_leaves_its_like_is_asked_about(spoilable):
    """A first year has no year before: a count mistyped in its survey was read without a word. Witness: 500 more than the other questions have."""
    rows = "".join(f"{question},{answer},{group},{number}\n" for question in ("13a", "13b", "15a") for group, of in (("white", 700), ("bme", 40))
                   for answer, number in (("Never" if question != "15a" else "No", of), ("At least once" if question != "15a" else "Yes", 30)))  # fmt: skip
    more = "".join(
        f"14,{answer},{group},{number}\n" for group in ("white", "bme") for answer, number in (("Yes", 20), ("No", 5), ("Don't know", 1))
    )
    edited(spoilable, "staff_survey", lambda _: "question,response,ethnic_group,respondents\n" + rows + more)
    assert "who answered question 13a" not in told(spoilable)
    edited(spoilable, "staff_survey", lambda text: text.replace("13a,Never,white,700", "13a,Never,white,790"))
    assert "found 820 who answered question 13a (white); expected about the 730 who answered the others" in told(spoilable)


def test_groups_that_answer_very_differently_may_be_exchanged(spoilable):
    """Witness: 360 of 600 and 180 of 400 exchanged; fewer than the staff are, so that no count alone is impossible."""
    edited(spoilable, "headcount", lambda _: "ethnic_group,headcount\nwhite,600\nbme,400\nunknown,10\n")
    (spoilable / "data" / "necs" / "2019-20" / "workforce.csv").unlink()
    survey = "question,response,ethnic_group,respondents\n13a,Never,white,{}\n13a,At least once,white,20\n13a,Never,bme,{}\n13a,At least once,bme,20\n"
    edited(spoilable, "staff_survey", lambda _: survey.format(340, 160))
    assert "exchanged" not in told(spoilable)
    edited(spoilable, "staff_survey", lambda _: survey.format(160, 340))
    assert "found 180 of 600 (white) and 360 of 400 (bme); expected groups that answer about equally often" in told(spoilable)


@pytest.mark.parametrize(
    ("of", "rows", "whose"),
    [
        ("headcount", "ethnic_group,headcount\nwhite,1093\nbme,65\nunknown,157\n", "staff in post"),
        ("disciplinary", "White,BME,Unknown\n1093,65,157\n", "staff who entered a formal disciplinary process"),
        (
            "recruitment",
            "stage,White,BME,Unknown\napplied,4000,900,300\nshortlisted,1093,65,157\nappointed,90,9,1\n",
            "shortlisted candidates",
        ),
    ],
)
def test_a_table_that_is_another_tables_is_asked_about(spoilable, of, rows, whose):
    """Witness: one table's people saved under another's name, also with groups across; nothing else contradicts them."""
    assert "to the last number" not in told(spoilable)
    if of != "headcount":
        edited(spoilable, of, lambda _: rows)
        edited(spoilable, "headcount", lambda _: "White,BME,Unknown\n1994,165,157\n")
    edited(spoilable, "training", lambda _: "White,BME,Unknown\n1093,65,157\n")
    said = f"training.csv: found as many of each group as {whose}, to the last number; expected counts of staff who took up"
    assert said in told(spoilable)


GRADES = [f"Band {grade}" for grade in ("2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9")]
COUNTED = [341, 287, 215, 466, 398, 273, 141, 83, 42, 21, 17]


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        (COUNTED, ""),
        ([*COUNTED[:3], *[466] * 6, *COUNTED[9:]], "one number 6 times running"),
        ([*COUNTED[:3], *range(466, 473), *COUNTED[10:]], "7 numbers one after another, each 1 from the next"),
        ([round(number, -1) for number in COUNTED], "nothing but multiples of 10"),
        ([5 * (number // 5) for number in COUNTED], "nothing but multiples of 5"),
        ([2 * number for number in COUNTED], "nothing but multiples of 2"),
        ([12 * number for number in COUNTED], "nothing but multiples of 12"),
    ],
)
@pytest.mark.parametrize("across", [True, False])
def test_numbers_that_a_spreadsheet_filled_in_or_somebody_rounded_are_asked_about(spoilable, counts, found, across):
    """Each is a possible count. Witness: a cell filled down over others, dragged so that it counts up; a table rounded, doubled, of twelve months in one."""
    step = int(found.rpartition(" ")[2]) if "multiples" in found else 1
    by_group = {"white": counts, "bme": [step * place**2 for place in range(11)]}
    if across:
        head, rows = (
            "staff_group,grade,White,BME",
            [",".join(map(str, row)) for row in zip(["clinical"] * 11, GRADES, *by_group.values(), strict=True)],
        )
    else:
        head = "staff_group,grade,ethnic_group,headcount"
        rows = [f"clinical,{grade},{group},{n}" for group, numbers in by_group.items() for grade, n in zip(GRADES, numbers, strict=True)]
    edited(spoilable, "workforce", lambda _: "\n".join([head, *rows]) + "\n")
    said = told(spoilable)
    assert found in said and ("filled down" in said or "rounded" in said) is bool(found)


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([8, 3] * 6, "8, 3 again and again"),
        ([412, 87, 33, 29, 412, 87, 33, 29, 412, 87, 14, 6], "412, 87, 33, 29 again and again"),
        ([210, 160, 95, 60, 44, 31, 20, 12, 9, 5, 5, 2], "numbers that only fall, from one grade to the next"),
        ([2, 5, 5, 9, 12, 20, 31, 44, 60, 95, 160, 210], "numbers that only rise, from one grade to the next"),
        ([1, 12, 2, 11, 3, 10, 4, 9, 5, 8, 6, 7], "every number from 1 to 12 and no other"),
        ([41, 5, 22, 5, 5, 17, 5, 9, 5, 5, 5, 5], "8 times 5 and nothing between it and 0"),
        ([41, 5, 22, 5, 5, 17, 5, 9, 5, 5, 5, 3], ""),
        ([210, 31, 160, 20, 95, 12, 60, 9, 44, 5, 22, 5], ""),
        ([8, 3, 8, 3, 7, 1, 9, 2, 4, 0, 12, 1], ""),
    ],
)
def test_numbers_that_stand_as_nobody_counts_them_are_asked_about_in_a_first_year(spoilable, numbers, found):
    """Each is a possible count. Witness: a short cycle filled down, a column sorted by itself, ranks in place of people, few people raised to 5."""
    rows = [f"clinical,{grade},{group}" for grade in GRADES[:6] for group in ("white", "bme")]
    lines = "".join(f"{row},{number}\n" for row, number in zip(rows, numbers, strict=True))
    edited(spoilable, "workforce", lambda _: "staff_group,grade,ethnic_group,headcount\n" + lines)
    said = told(spoilable)
    assert (f"found {found}; expected counts of people" in said) if found else "expected counts of people" not in said


def test_fewer_of_a_group_at_each_stage_is_no_sign_of_sorting(spoilable):
    """Three places in order of size, and of one group fewer at each stage, were asked about. Witness: such counts, and a column sorted alone."""
    rows = [
        f"{stage},{place},{group}" for stage in ("applied", "shortlisted", "appointed") for group in ("white", "bme") for place in "NSEW"
    ]
    counted = [912, 611, 402, 203, 811, 540, 322, 147, 199, 140, 91, 51, 140, 101, 59, 24, 48, 33, 21, 9, 22, 17, 8, 3]
    for numbers, asked in ((counted, False), (sorted(counted, reverse=True), True)):
        lines = "".join(f"{row},{number}\n" for row, number in zip(rows, numbers, strict=True))
        edited(spoilable, "recruitment", lambda _, lines=lines: "stage,site,ethnic_group,people\n" + lines)
        assert ("numbers that only fall" in told(spoilable)) is asked


def test_a_block_of_last_years_rows_is_asked_about(spoilable):
    """Witness: seven rows of the year before pasted into this year's file, or all of one group; a table that is the same as a whole was told already."""
    now, before = (spoilable / "data" / "necs" / year / "recruitment.csv" for year in ("2019-20", "2018-19"))
    rows = [
        f"{stage},{place},{group}"
        for stage in ("applied", "shortlisted", "appointed")
        for place in ("N", "S", "E")
        for group in ("white", "bme")
    ]
    table = "stage,site,ethnic_group,people\n"
    before.write_text(table + "".join(f"{row},{40 + 13 * place % 97}\n" for place, row in enumerate(rows)), encoding="utf-8")
    for copied, found in ((range(0), ""), (range(7), "7 times running"), (range(1, 18, 2), "9 times running")):
        numbers = [40 + 13 * place % 97 + (place not in copied) * (1 + place % 3) for place in range(len(rows))]
        now.write_text(table + "".join(f"{row},{number}\n" for row, number in zip(rows, numbers, strict=True)), encoding="utf-8")
        said = told(spoilable)
        assert f"found {found} the counts of 2018-19 to the last number" in said if found else "to the last number" not in said
    for file in (before, now):  # 19 applied to each of the places in both years, and other counts beside them
        file.write_text(table + "".join(f"{row},{19 if place < 8 else 40 + place + (file == now)}\n" for place, row in enumerate(rows)))
    assert "to the last number" not in told(spoilable), "one number again and again is no row of last year's"


@pytest.mark.parametrize(("white", "bme", "unknown"), [(1, 12, 20), (0, 60, 3)])
def test_a_group_that_is_hardly_there_is_asked_about(spoilable, white, bme, unknown):
    """Witness: white staff exchanged with the undisclosed, and with those of the other group; of the staff they are most."""
    assert "as many as of the staff" not in told(spoilable)
    edited(spoilable, "disciplinary", lambda _: f"ethnic_group,entered\nwhite,{white}\nbme,{bme}\nunknown,{unknown}\n")
    assert f"disciplinary.csv, column 'entered': found {white} white; expected about" in told(spoilable)


def test_of_a_table_with_a_hidden_count_nobody_says_how_many_there_should_be(spoilable):
    """Witness: a white count that was hidden; what stands for it is no number of people."""
    edited(spoilable, "training", lambda _: "ethnic_group,accessed\nwhite,<5\nbme,3\n")
    assert "as many as of the staff" not in told(spoilable)


def test_a_board_of_hundreds_is_asked_about(spoilable):
    """Witness: shares in a thousand typed as members; they add up, and nothing else counts the same people."""
    rows = "total,white,{0}\ntotal,bme,{1}\nvoting,white,{0}\nvoting,bme,{1}\nnon_voting,white,0\nnon_voting,bme,0\n"
    for white, bme, asked in ((13, 3, False), (812, 188, True)):
        edited(spoilable, "board", lambda _, counts=(white, bme): "membership,ethnic_group,members\n" + rows.format(*counts))
        assert ("found 812; expected the members of a board" in told(spoilable)) is asked


def test_a_board_of_which_most_have_no_vote_is_asked_about(spoilable):
    """Witness: voting and non-voting exchanged on a board of 17; the share of its voting members was that of five others, and nothing was said."""
    rows = "membership,ethnic_group,members\ntotal,white,13\ntotal,bme,4\n{0},white,10\n{0},bme,3\n{1},white,3\n{1},bme,1\n"
    for most, others in (("voting", "non_voting"), ("non_voting", "voting")):
        edited(spoilable, "board", lambda _, parts=(most, others): rows.format(*parts))
        asked = "found 13 without a vote beside 4 with one; expected a board of which most vote" in told(spoilable)
        assert asked is (others == "voting")


@pytest.mark.parametrize(("white", "part"), [((12, 0), "non_executive"), ((0, 12), "executive"), ((7, 5), ""), ((12, "<5"), "")])
def test_a_board_with_nobody_in_a_part_is_asked_about(spoilable, white, part):
    """Witness: every member marked as an executive, as a column filled down has them; a hidden count is not nobody."""
    rows = "membership,ethnic_group,members\ntotal,white,12\ntotal,bme,0\nexecutive,white,{}\nexecutive,bme,0\nnon_executive,white,{}\nnon_executive,bme,0\n"
    edited(spoilable, "board", lambda _: rows.format(*white))
    said = told(spoilable)
    assert f"found nobody '{part}'; expected somebody in each part of a board" in said if part else "found nobody" not in said


def test_another_heading_in_results_is_told(spoilable):
    """Its column was left out without a word. Witness: the base of a group under a heading with a day in it."""
    row = "2019-20,appointed_from_shortlisting,overall,all,150,1605,11,251\n"
    head = "year,measure,breakdown,category,white_count,white_base{},bme_count,bme_base\n"
    edited(spoilable, "published", lambda _: head.format("") + row)
    assert "another heading" not in told(spoilable)
    edited(spoilable, "published", lambda _: head.format(" at March 2019") + row)
    assert "column 'white_base at March 2019': found another heading; expected the columns of results.csv" in told(spoilable)


@pytest.mark.parametrize("direction", ["wh\u0456te/bme", "bme", "", "workforce-grade"])
def test_a_value_in_results_of_no_known_direction_is_refused(spoilable, direction):
    """The printed ratio was held to nothing, without a word. Witness: a letter of another alphabet in the direction."""
    head = "year,measure,breakdown,category,white_count,white_base,bme_count,bme_base,comparison,direction,value\n"
    row = "2019-20,appointed_from_shortlisting,overall,all,150,1605,11,251,ratio,{},2.13\n"
    edited(spoilable, "published", lambda _: head + row.format("white/bme"))
    assert "2.13" in set(read_register(parameters_of(spoilable))["printed"])
    edited(spoilable, "published", lambda _: head + row.format(direction))
    with pytest.raises(InputProblems, match="expected two groups, for example white/bme"):
        read_register(parameters_of(spoilable))


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\u00ad"])
def test_a_sign_that_nobody_sees_is_refused_in_a_value_of_a_master_file(spoilable, sign):
    """It went into the report's words. Witness: such a sign in the organisation's name."""
    path = spoilable / "params" / "necs-2019-20.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("short_name: NECS", f"short_name: NE{sign}CS"), encoding="utf-8")
    with pytest.raises(ParameterProblems, match=re.escape(f"NE[U+{ord(sign):04X}]CS")):
        load_parameters(path)


def test_letters_of_two_alphabets_in_a_register_are_told(spoilable):
    """Witness: letters as wide as Chinese ones; the figure stood in a category of its own, held to nothing."""
    edited(
        spoilable,
        "published",
        lambda text: (
            text.replace("Bands 1 to 7", "\uff22ands 1 to 7", 1)
            if "Bands 1 to 7" in text
            else text.replace("Indicator", "\uff29ndicator", 1)
        ),
    )
    assert "letters of two alphabets or encodings in one word" in told(spoilable)


@pytest.mark.parametrize("sign", ["\u202a", "\u202d", "\u202e"])
def test_a_sign_that_turns_letters_round_is_refused_in_texts_and_names(spoilable, sign):
    """Such a sign is not seen, and a page says other than the file. Witness: one before a word."""
    assert [problem.found for problem in text_problems(f"One {sign}two.\n", "foreword.md", final=False)] == [
        f"the control sign U+{ord(sign):04X}"
    ]
    assert sign not in Problem(f"{sign}.csv", "a file", "Name it.", found=repr(f"{sign}x")).sentence()
    path = spoilable / "params" / "necs-2019-20.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("short_name: NECS", f"short_name: {sign}NECS"), encoding="utf-8")
    with pytest.raises(ParameterProblems, match="a sign that nobody can print"):
        load_parameters(path)


def test_results_under_headings_with_spaces_are_a_register(spoilable):
    """Witness: the pack's own headings as a spreadsheet's user writes them; they were refused as unknown columns."""
    headings = "Year,Measure,Breakdown,Category,White count,White base,BME count,BME base,Comparison,Direction,Value"
    row = "2019-20,appointed_from_shortlisting,overall,all,150,1605,11,251,ratio,white/bme,2.1325403568"
    edited(spoilable, "published", lambda _: f"{headings}\n{row}\n")
    printed = read_register(parameters_of(spoilable))
    assert set(printed["printed"]) == {"150", "1605", "11", "251", "2.1325403568"}


def test_columns_that_nobody_knows_are_told_in_a_few_lines(spoilable):
    """A sheet with three hundred columns more gave as many lines. Witness: the count of lines."""
    head, *rows = (spoilable / "data" / "reference" / "grade_spellings.csv").read_text(encoding="utf-8").splitlines()
    wide = [head + "".join(f",x{number}" for number in range(300)), *(row + ",a" * 300 for row in rows)]
    (spoilable / "data" / "reference" / "grade_spellings.csv").write_text("\n".join(wide) + "\n", encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        read_reference(parameters_of(spoilable).reference_folder, "grade_spellings")
    said = str(caught.value).splitlines()
    assert len(said) == 21 and "280 more unknown columns" in said[-1]


def test_an_item_that_has_another_tables_name_is_refused(spoilable):
    """One column of the table sorted by itself: disciplinary cases were told as members of the board. Witness: that, by hand."""
    path = spoilable / "data" / "reference" / "standards" / "wres" / "items.csv"
    head, *rows = (line.split(",", 1) for line in path.read_text(encoding="utf-8").splitlines())
    items = sorted(item for item, _ in rows)
    path.write_text("\n".join(map(",".join, [head, *([item, rest] for item, (_, rest) in zip(items, rows, strict=True))])) + "\n")
    with pytest.raises(InputProblems, match=r"column 'table': found .*; expected 'board', whose name it has"):
        read_reference(parameters_of(spoilable).reference_folder, "items")


def test_two_exchanged_columns_are_told_by_kind_with_how_many_rows(spoilable):
    """Every cell of a table of four hundred rows was told by itself. Witness: the count of lines."""
    path = spoilable / "data" / "reference" / "grade_spellings.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *(",".join(reversed(row.split(","))) for row in rows)]) + "\n", encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        read_reference(parameters_of(spoilable).reference_folder, "grade_spellings")
    said = str(caught.value).splitlines()
    assert len(said) == 4 and any(re.search(r"found \d{3} more of the kind; .* are two columns exchanged\?", line) for line in said)


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\u00ad", "\ufe0f", "\u3164"])
def test_a_sign_that_nobody_sees_is_printed_by_its_name(spoilable, sign):
    """The key was refused, and the message looked like the right one. Witness: such a sign behind a key."""
    path = spoilable / "params" / "necs-2019-20.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("year:", f"year{sign}:", 1), encoding="utf-8")
    with pytest.raises(ParameterProblems, match=re.escape(f"year[U+{ord(sign):04X}]")) as caught:
        load_parameters(path)
    assert sign not in str(caught.value)


@pytest.mark.parametrize("content", ["{\\rtf1 Our text.}", "%PDF-1.7\n1 0 obj"])
def test_a_document_of_another_program_is_no_text(spoilable, content):
    """Such a file is plain signs to a machine and its code would be printed. Witness: the first signs of RTF and PDF."""
    path = spoilable / "data" / "necs" / "2019-20" / "narrative" / "foreword.md"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputProblems, match=r"foreword\.md: found other bytes, or a document of another program"):
        read_narrative(parameters_of(spoilable), complete=False)


@pytest.mark.parametrize("text", ["...", "\u2013", "- \n"])
def test_dots_and_dashes_are_a_text_yet_to_be_written(text):
    """Witness: what people put where a text will stand."""
    assert yet_to_be_written({"foreword": text, "about": "We are 5."}) == ["foreword"]


def test_no_line_of_a_table_is_as_long_as_a_book(spoilable):
    """Witness: a breakdown's category of 140,000 letters, which a page would have printed; in a register it filled the screen."""
    edited(spoilable, "published", lambda text: text.replace("Indicator 8 - table 15a", "x" * 140_000, 1))
    with pytest.raises(InputProblems, match=r"found 'x{60}…' \(140,000 characters\); expected text. Shorten it to a line"):
        read_register(parameters_of(spoilable))


def test_a_page_saved_under_a_tables_name_is_told(spoilable):
    """Its one line is a heading longer than any, which was a traceback. Witness: a table of the web's own language."""
    edited(spoilable, "published", lambda _: "<table>" + "<tr><td>Band 5</td><td>12</td></tr>" * 60 + "</table>")
    with pytest.raises(InputProblems, match=r"published\.csv"):
        read_register(parameters_of(spoilable))


@pytest.mark.parametrize("columns", [6, 8, 10])
def test_results_cut_short_in_their_headings_are_no_traceback(spoilable, columns):
    """Witness: the pack's own headings up to some column; the value, or what is compared, is not there."""
    headings = [
        "year",
        "measure",
        "breakdown",
        "category",
        "white_count",
        "bme_count",
        "white_base",
        "bme_base",
        "comparison",
        "direction",
        "value",
    ]
    cells = ["2019-20", "appointed_from_shortlisting", "overall", "all", "150", "11", "1605", "251", "ratio", "white/bme", "2.13"]
    edited(spoilable, "published", lambda _: f"{','.join(headings[:columns])}\n{','.join(cells[:columns])}\n")
    assert {"150", "11"} <= set(read_register(parameters_of(spoilable))["printed"])


def test_a_long_line_of_words_is_read_at_once():
    """A table on one line was looked for from every word of it. Witness: processor time, nine seconds before."""
    start = time.process_time()
    assert not text_problems("word " * 40_000 + "\n", "foreword.md", final=False)
    assert time.process_time() - start < 1
    assert "a table on one line" in {each.found for each in text_problems("Words |a|---|b|\n", "foreword.md", final=False)}


def test_a_run_of_marks_of_code_without_its_like_is_read_at_once():
    """A thousand of them in a line took forty seconds. Witness: processor time, and marks that close, within which a brace is no figure."""
    start = time.process_time()
    assert not any(names_of("What" + "`" * 1_000 + " we learned.\n"))
    assert not text_problems("What" + "`" * 1_000 + " we learned.\n", "foreword.md", final=False)
    assert time.process_time() - start < 2
    assert list(names_of("Write ``{a}`` and `{b}`, {c}.\n")) == [("c", 1)]


@pytest.mark.parametrize("cell", [b'r="A2"', b'r="B2" t="n"'], ids=["a text", "a number, whose kind Excel does not write"])
def test_a_cell_beyond_all_columns_of_a_spreadsheet_is_told_and_not_read(spoilable, cell):
    """Its place has four letters: the grid up to it took more memory than there was, and the process ended. Witness: one such place."""
    folder = spoilable / "data" / "necs" / "2019-20"
    (folder / "training.csv").unlink()
    book = openpyxl.Workbook()
    for row in (("ethnic_group", "accessed"), ("white", 218), ("bme", 9)):
        book.active.append(row)
    book.save(folder / "good.xlsx")
    with ZipFile(folder / "good.xlsx") as good, ZipFile(folder / "training.xlsx", "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(cell, b'r="ZZZZ2"'))
    (folder / "good.xlsx").unlink()
    with pytest.raises(InputProblems, match="something in cell ZZZZ2, far outside the table"):
        read_counts(parameters_of(spoilable))


@pytest.mark.parametrize("key", ["y[ear", "[", "int"])
def test_an_unknown_key_is_told_however_it_is_written(spoilable, key):
    """What stands in brackets was taken for a word of the library's, and of no key was left: a traceback. Witness: a bracket in a key."""
    path = spoilable / "params" / "necs-2019-20.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f'\n"{key}": 1\n', encoding="utf-8")
    with pytest.raises(ParameterProblems, match=re.escape(f"found unknown key '{key}'")):
        load_parameters(path)


def test_an_item_in_a_column_that_its_table_has_not_is_refused(spoilable):
    """It was a traceback. Witness: the column of the three stages called otherwise in the table of items."""
    path = spoilable / "data" / "reference" / "standards" / "wres" / "items.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",stage,", ",step,"), encoding="utf-8")
    with pytest.raises(
        InputProblems, match="column 'where_column': found 'step'; expected a column of recruitment: stage, ethnic_group, people"
    ):
        read_reference(parameters_of(spoilable).reference_folder, "items")


def test_odd_spaces_and_signs_of_no_width_part_no_answers_and_no_measures(spoilable):
    """They were refused as answers that others lack, and as measures there are none of. Witness: such signs in some cells of each."""
    rows = ("Never,White - British,660", "1-2 times\u200f,White - British,240", "\u00a0Never,Indian,140", "1-2 times ,Indian,60")
    edited(spoilable, "staff_survey", lambda _: "question,response,ethnic_category,respondents\n" + "".join(f"13a,{row}\n" for row in rows))
    counts = read_counts(parameters_of(spoilable)).query("item == 'survey' and year == '2019-20' and breakdown == '13a'")
    assert sorted(counts["count"]) == [60, 140, 240, 660]
    headings = "year,measure,breakdown,category,white_count,white_base,bme_count,bme_base,comparison,direction,value"
    row = "2019-20 ,appointed_from_shortlisting\u200b,overall, all,150,1605,11 ,251,\u200eratio,white/bme,2.13"
    edited(spoilable, "published", lambda _: f"{headings}\n{row}\n")
    assert set(read_register(parameters_of(spoilable))["printed"]) == {"150", "1605", "11", "251", "2.13"}


def test_a_number_that_is_seen_turned_round_is_not_read(spoilable):
    """54 behind such a sign is seen as 45, and was read as 54 without a word. Witness: one count."""
    edited(
        spoilable,
        "training",
        lambda text: text.replace(",white,", ",white,\u202e") if ",white," in text else text.replace("white,", "white,\u202e"),
    )
    with pytest.raises(InputProblems, match="a sign that nobody sees turns round what stands behind it"):
        read_counts(parameters_of(spoilable))


@pytest.mark.parametrize(
    ("cell", "doubt"),
    [
        ("MaleMale", "'MaleMale', the same twice"),
        ("17", "'17', a number"),
        ("Intersex*", "the mark of a note"),
        ("Other [1]", "the mark of a note"),
        ("of which new", "a part of another row by its words"),
        ("Bank staff", "'Bank staff'; expected staff in post"),
        ("Male", ""),
        ("Papa", ""),
        ("+44", None),
    ],
)
def test_a_category_that_may_be_a_slip_is_asked_about(spoilable, cell, doubt):
    """What a spreadsheet would run stops. Witness: a word pasted over itself, with the mark of a note, of a row within a row, or of who is no staff in post."""
    sexes = [(sex, group, count) for sex in ("Female", "Male", "Other") for group, count in (("white", 812), ("bme", 231))]
    sexes[3] = (cell, "bme", 97)
    rows = "".join(f"{sex},{group},{count + 7 * at}\n" for at, (sex, group, count) in enumerate(sexes))
    edited(spoilable, "headcount", lambda _: "sex,ethnic_group,headcount\n" + rows)
    if doubt is None:
        with pytest.raises(InputProblems, match=r"begins with '[+]', as a formula does"):
            read_counts(parameters_of(spoilable))
        return
    said = told(spoilable)
    assert doubt in said if doubt else "a category of 'sex'" not in said


def test_a_category_of_the_survey_that_is_one_number_throughout_is_asked_about(spoilable):
    """Added up with the others of its group it shows no more. Witness: 37 in every answer of one category of three."""
    answers = [("14a", answer) for answer in ("Never", "1-2 times", "3-5 times", "6-10 times", "More than 10 times")]
    answers += [("15", answer) for answer in ("Yes", "No", "Don't know")]

    def survey(filled):
        rows = []
        for at, (question, answer) in enumerate(answers):
            for category, base in (("White - British", 311), ("Indian", 53), ("Pakistani", 41)):
                number = 37 if filled and category == "Indian" else base - 7 * at - at * at // 3
                rows.append(f"{question},{answer},{category},{max(number, 1)}")
        return "question,response,ethnicity,respondents\n" + "\n".join(rows) + "\n"

    edited(spoilable, "staff_survey", lambda _: survey(True))
    assert "one number 8 times running" in told(spoilable)
    edited(spoilable, "staff_survey", lambda _: survey(False))
    assert "times running" not in told(spoilable)


def test_a_master_file_with_another_ones_name_or_code_is_asked_about(spoilable):
    """A copied file given another code read another organisation's data. Witness: copies with one of the two keys changed; and a list of both."""
    params = spoilable / "params"
    text = (params / "necs-2019-20.yaml").read_text(encoding="utf-8")
    asked = "Is one of the two a copy of the other?"
    assert asked not in told(spoilable)
    for old, new, found in (
        ("code: necs", "code: other", "found 'necs' for 'North of England Commissioning Support'; expected one code for one organisation"),
        (
            "name: N",
            "name: Other N",
            "found 'North of England Commissioning Support' for 'necs'; expected one organisation of a code",
        ),
        ("code: necs", "another standard's", ""),
    ):
        copied = text.replace(old, new) if found else "standard: wdes\n" + text.replace(old, "code: other")
        (params / "copy-2019-20.yaml").write_text(copied, encoding="utf-8")
        assert (found in told(spoilable)) and (asked in told(spoilable)) == bool(found)
    (params / "copy-2019-20.yaml").write_text(
        'organisations: [{code: b, name: B}, {code: c, short_name: NECS, name: C}]\nyear: "2019-20"\n', encoding="utf-8"
    )
    assert "params/copy-2019-20.yaml has 'c' for 'C'" in told(spoilable)
    (params / "copy-2019-20.yaml").write_text("organisation: {code: other\nname: North of England Commissioning Support", encoding="utf-8")
    assert asked not in told(spoilable), "one that cannot be read is told to who reads it"
