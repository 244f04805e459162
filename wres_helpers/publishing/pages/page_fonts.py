"""The fonts of the PDF, and which signs of a text no font has."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from wres_helpers.problems import InputProblems, Problem, collected
from wres_helpers.report.form.drawing import MAIN_FONT, font_folder
from wres_helpers.settings.parameters import Parameters

#: The fonts of other scripts that staff read: Urdu and Arabic, Bengali, Hindi and Nepali, Tamil.
SCRIPT_PACKAGES = ("fontpkg_noto_sans_arabic", "fontpkg_hind_siliguri", "fontpkg_noto_sans_devanagari", "fontpkg_noto_sans_tamil")


@cache
def font_paths() -> list[str]:
    """Return the folders of the fonts (the compiler takes folders, not files).

    Raises FileNotFoundError if the package font-source-sans-pro is not installed.
    """
    folders = [font_folder(name) for name in (MAIN_FONT, *SCRIPT_PACKAGES)]
    if folders[0] is None:
        raise FileNotFoundError("The fonts are missing. Install the package font-source-sans-pro.")
    return [str(folder) for folder in folders if folder]


def check_signs(parameters: Parameters) -> None:
    """Hold what people wrote to the fonts there are. Raises InputProblems: a sign that neither the pack nor this machine has a font for."""
    action = "Write it otherwise, or install a font that has it (the pack's have Latin, Greek, Cyrillic, Arabic, Bengali, Hindi and Tamil)."
    InputProblems.raise_if_any(_told(parameters, "signs that the page's fonts have", action, of_machine=False))


def sign_notices(parameters: Parameters) -> list[Problem]:
    """Return what people wrote that is set in a font of this machine, since the pack brings none for it: another machine may have none."""
    action = "Look at the page; where another machine makes the report, it needs such a font, too."
    return _told(parameters, "signs of the fonts that come with the pack", action, of_machine=True)


def _told(parameters: Parameters, expected: str, action: str, of_machine: bool) -> list[Problem]:
    """Return each word with a sign that the pack's fonts lack and this machine's fonts have, or have not."""
    found = [(file, row, word) for file, row, text in _places(parameters) for word in dict.fromkeys(text.split()) if not _is_plain(word)]
    lacking = unshowable({word for _, _, word in found}) if found else set()
    wanted = lacking - unshowable(lacking, machine=True) if of_machine else unshowable(lacking, machine=True)
    problems = []
    for file, row, word in (each for each in found if each[2] in wanted):
        # a private sign in a text is told where texts are read
        private = file.endswith(".md")
        signs = [sign for sign in dict.fromkeys(word) if not (_is_plain(sign) or (private and unicodedata.category(sign) == "Co"))]
        if signs:
            named = ", ".join(f"'{sign}' (U+{ord(sign):04X} {unicodedata.name(sign, 'no name').lower()})" for sign in signs[:3])
            problems.append(Problem(file, expected, action, row=row, found=named))
    return problems


def _places(parameters: Parameters) -> Iterable[tuple[str, int | None, str]]:
    """Return every text that people wrote, line by line: its file, its line, and the text."""
    from wres_helpers import intake
    from wres_helpers.intake.supplied_counts import tables_as_read
    from wres_helpers.intake.texts.narrative_texts import narrative_folder, texts_and_problems
    from wres_helpers.intake.year_folder import table_place

    folder = parameters.shown(narrative_folder(parameters))
    for name, text in texts_and_problems(parameters)[0].items():
        for row, line in enumerate(text.splitlines(), start=1):
            yield f"{folder}/{name}.md", row, line
    plan = collected([], intake.read_action_plan, parameters)  # what is wrong with it is told where it is read
    file = parameters.shown(parameters.data_folder() / "action_plan.csv")
    for number, cells in zip(plan["action_id"], plan.astype(str).to_numpy(), strict=True) if plan is not None else ():
        yield f"{file}, action {number}", None, " ".join(cells)
    register, file = collected([], intake.read_register, parameters), parameters.shown(parameters.data_folder() / "published.csv")
    for name, *said in register[["id", "printed", "where", "note"]].itertuples(index=False) if register is not None else ():
        yield f"{file}, id '{name}'", None, " ".join(said)
    for year, tables in tables_as_read(parameters)[0].items():
        for name, table in tables.items():
            file = table_place(parameters, year, name)
            for column in table.select_dtypes(exclude="number"):  # a breakdown's name and its categories stand on pages
                yield from ((f"{file}, column '{column}'", None, text) for text in (column, *table[column].unique()))
    own, folder = collected([], intake.read_own_tables, parameters), parameters.data_folder()
    for name, table in vars(own).items() if own else ():
        place = parameters.shown((folder if name == "population" else folder.parent) / f"{name}.csv")
        yield place, None, " ".join(map(str, table.to_numpy().ravel()))
    named = f"{parameters.organisation.name} {parameters.organisation.short_name} "  # of one of many
    yield parameters.file, None, named + parameters.master.model_dump_json(exclude={"extracts", "folders"})


@cache
def _signs_of_main_font() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(Path(font_paths()[0]) / "SourceSansPro-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def _is_plain(text: str) -> bool:
    return text.isascii() or all(ord(sign) < 0x250 or ord(sign) in _signs_of_main_font() for sign in text)


def unshowable(words: Iterable[str], machine: bool = False) -> set[str]:
    """Return the words with a sign that no font of the page has, and with `machine` none of this machine's either.

    The compiler itself is asked; a process that forks must not do so.
    """
    asked = sorted(words)
    # mostly all of them can be shown, and one page tells so
    return set() if not asked or _is_shown(" ".join(asked), machine) else {word for word in asked if not _is_shown(word, machine)}


@cache
def _is_shown(word: str, machine: bool) -> bool:
    import typst

    # the text travels as data, so that nothing in it is a command
    source = b'#set document(title: "x")\n#set text(font: "Source Sans Pro", lang: "en")\n#sys.inputs.word'
    try:
        typst.compile(source, font_paths=font_paths(), ignore_system_fonts=not machine, pdf_standards=["ua-1"], sys_inputs={"word": word})
    except typst.TypstError:
        return False
    return True
