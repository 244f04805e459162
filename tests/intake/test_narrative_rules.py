"""What people write is printed as they mean it, or stops by file and line. Witness: the text as read by eye."""

import pytest

from wres_helpers.intake import read_action_plan, read_narrative
from wres_helpers.problems import InputProblems
from wres_helpers.report.form.block_html import block_html
from wres_helpers.report.form.limited_markdown import parse_markdown
from wres_helpers.settings.master_file_reader import load_parameters


def with_text(project, text, name="about"):
    master = project / "params" / "necs-2019-20.yaml"
    master.write_text(master.read_text().replace("state: final", "state: draft"))
    (project / "data" / "necs" / "2019-20" / "narrative" / f"{name}.md").write_text(text, encoding="utf-8")
    return read_narrative(load_parameters(master))[name]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One.\n\n![A picture](a.png)\n", "row 3: found a picture"),
        ("![A picture][a]\n\n[a]: a.png\n", "row 1: found a picture"),
        ("One ==two==", "row 1: found a marked, raised or lowered text"),
        ("H~2~O and 5 m^2^", "row 1: found a marked, raised or lowered text"),
        ("One\n\n::: note\nTwo\n:::", "row 3: found a box"),
        ("Term\n: what it is", "row 2: found a definition"),
        ("\\newpage", "row 1: found a command or formula"),
        ("By $x^2$", "row 1: found a command or formula"),
        ("One <b>two</b>", "row 1: found an HTML tag"),
        ("One[^1]", "row 1: found a footnote"),
        ("<!-- note\nto self -->\n- [ ] do it", "row 3: found a box to tick"),
        ("~~gone~~", "a text struck through"),
        ("| A | B |\n| 1 | 2 |\n", "Write under the headings: |---|---|"),
        ("| A | B |\n|---|---|\n| 1 | 2 | 3 |\n", "row 3: found 3 cells; expected 2 cells"),
        ("A sign \ue123 of Word's own", "the private sign U+E123"),
        ("As below: | A | B | | --- | --- | | 1 | 2 |", "row 1: found a table on one line"),
        ("We serve the dales. ## Who we are", "row 1: found a heading within a line"),
        ("One\n\n\t## Two\n", "row 3: found a heading or table further in"),
        ("One\n\n    | A | B |\n    |---|---|\n", "row 3: found a heading or table further in"),
        (f"One {'é' * 200} two", "row 1: found a word of a hundred letters and more"),
        ("One\n\n\ufe0f## Two\n", "row 3: found the control sign U+FE0F"),
        ("One\n\n \u200b- two\n", "row 3: found the control sign U+200B"),
        (
            "One\n\n" + "\n".join("|" + each * 13 for each in ("A|", "---|", "1|")),
            "row 3: found 13 columns; expected a table of at most 12 columns",
        ),
        ("See [our site](https://example.org", "row 1: found a link that is not finished"),
        ("See [our site](https://example.org/a b)", "row 1: found a link that is not finished"),
        ('See [our site](https://example.org "Home","y")', "row 1: found a link that is not finished"),
        ("<https://exa mple.org>", "row 1: found a link that is not finished"),
        ("<https://example.org and more", "row 1: found a link that is not finished"),
        ("- One\n- \n- three", "row 2: found a point of a list that says nothing"),
        ("One\n\n\u2022\n", "row 3: found a point of a list that says nothing"),
        ("- One\n- ---\n- two", "row 2: found a line across the page"),
        ("- One\n\n  * * *\n- two", "row 3: found a line across the page"),
        ("- One\n---\n", "row 2: found a line across the page"),
        ("We did:\n\ni. one\nii. two\n", "row 4: found a list of letters"),
        ("We did:\n(a) one\n(b) two\n", "row 2: found a list of letters"),
        ("<details>One</details>", "row 1: found an HTML tag"),
        ("One\n\nBand\tWhite\tBME\n5\t12\t3", "row 3: found cells parted by tabs"),
        ("One is **bold.\n\nTwo.", "row 1: found bold that is not closed"),
        ("One is **bold\nand this**, and **that.", "row 2: found bold that is not closed"),
        ("Our \u0440lan", "row 1: found letters of two alphabets in one word"),
        ("One\n\nSt\u03b1ff", "row 3: found letters of two alphabets in one word"),
        ("1. One\n2.\n", "row 2: found a point of a list that says nothing"),
        ("- - One\n- two", "row 1: found a point within a point"),
        ("One\n\n1. * two\n", "row 3: found a point within a point"),
        ("# \n\nOne", "row 1: found a heading that says nothing, or is one twice"),
        ("One\n\n# ## Who we are\n", "row 3: found a heading that says nothing, or is one twice"),
        ("See [our site](https://example.\u200borg/about).", "row 1: found a sign of no width in an address"),
        ("\u00a0".join(["word"] * 30), "row 1: found a hundred signs and more without a place to break"),
    ],
)
def test_what_no_page_prints_stops_with_file_and_line(spoilable, text, said):
    with pytest.raises(InputProblems) as caught:
        with_text(spoilable, text)
    assert "about.md, " in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "above",
    [
        "---\nauthor: {}\n---\n",
        "\n---  \ntitle: A year\nauthor: {}\n...\n",
        '+++\nauthor = "{}"\n+++\n',
        "\u2014\nAuthor: {}\n\u2014\n",
        "Author: {}\n\n",
        "% A year\n% {}\n",
        ';;;\n"author": "{}"\n;;;\n',
    ],
)
def test_who_wrote_a_text_is_never_printed(spoilable, above):
    with pytest.raises(InputProblems) as caught:
        with_text(spoilable, above.format("Jo Bloggs") + "\nWe did.")
    row = 2 if above.startswith("\n") else 1
    assert f"about.md, row {row}: found front matter" in str(caught.value)
    assert "Bloggs" not in str(caught.value)


def test_bullets_of_word_begin_a_list(spoilable):
    assert with_text(spoilable, "We did:\n\n\uf0b7\tone\n\uf0b7\ttwo\n") == "We did:\n\n- one\n- two"


@pytest.mark.parametrize(
    "text",
    [
        "At <5 people & `<b>` in code",
        "It cost $5 and then $6, ~10 of 20, 2 == 2 and 3 == 3; about ~5 or ~6.",
        "Heading\n---\n\nText",
        "# One\n\nText\n\n## Who we are\n\nText\n\n###### Six ######\n\nText\n\n# #1 of the region\n\nText",
        "Note: this is text.\n\nMore",
        "**Bold\nover two lines**, ***both***, `**` in code, 5 * 3, \\*\\*plain, **a** and **b**\n\n**c**",
        "\u0395\u03bb\u03bb\u03ac\u03b4\u03b1 beside Greek, 5 \u03bcg, \u041c\u043e\u0441\u043a\u0432\u0430\n\ni. A line of its own\n\nI. Osei chairs",
        "The day of the next meeting is still to be confirmed by the board and its committees.\n\nWe are awaiting sign-off of the plan.",
        "*Emphasis*, **bold**, [a link](https://example.org) and\n\n1. a list",
        'A [link (a)](https://example.org/a_(b) "Its title"), [another](<https://example.org/a b>), <https://example.org> and \\](x',
        "10\u00a0000 people and a long address: https://example.org/" + "a1/" * 70,
    ],
)
def test_ordinary_markdown_is_taken(spoilable, text):
    assert with_text(spoilable, text) == text


def test_a_table_is_a_table():
    made = block_html({"kind": "text", "title": "", "nodes": parse_markdown("| Year | **Share** |\n|---|--:|\n| 2019 | 4% |\n")})
    assert made == (
        '<div class="wres-text"><table><thead><tr><th scope="col">Year</th><th scope="col"><strong>Share</strong></th></tr></thead>'
        "<tbody><tr><td>2019</td><td>4%</td></tr></tbody></table></div>"
    )


@pytest.mark.parametrize(
    "text",
    ["*To be rewritten: this is the text of 2018-19.*\n\nWe did.", "Ask [insert name].", "TODO", "Lorem ipsum dolor", "XXX", "To be written.",
     "*Text to follow*", "**This section is to be completed**", "Nothing written yet.", "(placeholder)", "Text to follow from Communications.",
     "[Chief executive to supply]", "Draft text, awaiting approval", "xx", "Date to be confirmed.", "*Awaiting sign-off*", "Ask <insert name here>.",
     "Click or tap here to enter text.", "We thank «Chief_executive».", "Dear <<name>>,", "See Error! Reference source not found.", "[cid:image001.png@01D9]",
     "XX% of BME staff said so.", "It rose to xx per cent.", "Signed by ________ for the board.", "Our lead is ………",
     "**Chief executive's name to be supplied**", "About x per cent of staff answered.", "DRAFT - not approved", "Your text here",
     "[To be added by HR]", "We have ??? nurses.", "...\n\nWe did this.", "- \u2026\n- We did this."],
)  # fmt: skip
def test_a_placeholder_stops_a_final_report_and_no_draft(spoilable, text):
    assert with_text(spoilable, text)
    with pytest.raises(InputProblems, match=r"about\.md, row 1: found a placeholder"):
        _final(spoilable)


@pytest.mark.parametrize(
    "text",
    [
        "Training is to be completed by March.",
        "Two more posts to follow in May.",
        "We asked for dates to be confirmed, and they were.",
        "The date is to be confirmed.",
        "We want names to be confirmed.",
        "Draft guidance was read by the network.",
        "The form has a box for text here and there.",
    ],
)
def test_a_sentence_on_what_is_to_come_is_no_placeholder(spoilable, text):
    with_text(spoilable, text)
    assert _final(spoilable)


def _final(project):
    master = project / "params" / "necs-2019-20.yaml"
    master.write_text(master.read_text().replace("state: draft", "state: final"))
    return read_narrative(load_parameters(master))


@pytest.mark.parametrize("text", ["...", "-", "???", "<!-- Ask Communications -->"])
def test_signs_alone_are_no_text_of_a_final_report(spoilable, text):
    with_text(spoilable, text)
    with pytest.raises(InputProblems, match=r"about\.md: found no text"):
        _final(spoilable)


@pytest.mark.parametrize(("cells", "column"), [("TBC,Head of HR", "action"), ("Train panels,[insert role]", "owner_role")])
def test_a_placeholder_of_the_plan_stops_a_final_report_too(spoilable, cells, column):
    """Witness: a final report once promised the action 'TBC' to its board."""
    plan = spoilable / "data" / "necs" / "2019-20" / "action_plan.csv"
    plan.write_text(f"action_id,indicator,area,action,owner_role,due,progress\n1,2,Jobs,{cells},2020-09,\n")
    master = spoilable / "params" / "necs-2019-20.yaml"
    final = master.read_text().replace("state: draft", "state: final")
    master.write_text(final.replace("state: final", "state: draft"))
    assert len(read_action_plan(load_parameters(master))) == 1
    master.write_text(final)
    with pytest.raises(InputProblems, match=f"row 2, column '{column}': found a placeholder"):
        read_action_plan(load_parameters(master))


def test_a_final_report_lacks_no_text(spoilable):
    (spoilable / "data" / "necs" / "2019-20" / "narrative" / "02_recruitment.done.md").unlink()
    with pytest.raises(InputProblems, match=r"02_recruitment\.done\.md: found no text"):
        _final(spoilable)


def test_the_mark_of_an_encoding_is_no_part_of_a_text(spoilable):
    """A second mark, as two programs write it one after the other, stood before the first word. Witness: the text without any."""
    assert with_text(spoilable, "\ufeff\ufeffWe listened.") == "We listened."
