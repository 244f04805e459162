"""Texts out to Word and back. Witness: a Word file changed here as reviewers change one, tracked changes included."""

import errno
import re
import shutil
from zipfile import ZipFile

import docx
import pytest
from support.as_it_was import as_it_was

from wres_helpers.commands.narrative_command import export_command, import_command
from wres_helpers.intake.texts.word_texts import flowing, read_word_texts, word_paragraphs
from wres_helpers.problems import InputProblems


@pytest.fixture
def params(tmp_path, project):
    as_it_was(tmp_path, project, "params", "data/necs")
    shutil.copytree(project / "data" / "reference", tmp_path / "data" / "reference")
    (tmp_path / "notebooks").mkdir()
    return tmp_path / "params" / "necs-2019-20.yaml"


@pytest.fixture
def narrative(tmp_path):
    return tmp_path / "data" / "necs" / "2019-20" / "narrative"


def tracked(paragraph, kind, text):
    """Put a tracked insertion, or a deletion, at the end of a paragraph, as Word does."""
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    tag = {"ins": "t", "del": "delText", "moveFrom": "t"}[kind]
    xml = f'<w:{kind} {space} w:id="1" w:author="A"><w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r></w:{kind}>'
    paragraph._p.append(parse_xml(xml))


def test_out_and_back_changes_nothing(params, narrative, tmp_path, capsys):
    before = {path.name: path.read_bytes() for path in narrative.glob("*.md")}
    assert export_command(params, tmp_path / "texts.docx") == 0
    assert import_command(params, tmp_path / "texts.docx", (), take_all=True) == 0
    assert "0 of the 18 texts read otherwise in" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in narrative.glob("*.md")} == before


def test_tracked_changes_are_read_as_accepted_and_only_what_is_confirmed_is_written(params, narrative, tmp_path, capsys):
    file = tmp_path / "texts.docx"
    export_command(params, file)
    word = docx.Document(str(file))
    paragraphs = {part.text: part for part in word.paragraphs}
    tracked(paragraphs["- Started a mentoring programme in September 2019."], "ins", " It has twelve pairs.")
    tracked(paragraphs["- Started a mentoring programme in September 2019."], "del", " Nobody came.")
    tracked(paragraphs["- Started a mentoring programme in September 2019."], "moveFrom", " Moved away.")
    next(part for part in word.paragraphs if part.text.startswith("We have reported")).add_run(" Today.")
    word.save(str(file))
    foreword = (narrative / "foreword.md").read_bytes()
    capsys.readouterr()
    import_command(params, file, ["01_workforce.done"], take_all=False)
    told = capsys.readouterr().out
    assert "2 of the 18 texts read otherwise in" in told and "Still to be taken, by --take NAME or --take-all: " in told
    assert "+- Started a mentoring programme in September 2019. It has twelve pairs." in told
    written = (narrative / "01_workforce.done.md").read_text(encoding="utf-8")
    assert "- Started a mentoring programme in September 2019. It has twelve pairs.\n" in written
    assert "Nobody came" not in written and "Moved away" not in written
    assert (narrative / "foreword.md").read_bytes() == foreword


def test_a_text_that_names_no_figure_stays_and_the_others_are_taken(params, narrative, tmp_path, capsys):
    """There is no 'likelihood' of indicator 2, but a relative likelihood: taken, the text would stop the next check and the next import."""
    file = tmp_path / "texts.docx"
    export_command(params, file)
    word = docx.Document(str(file))
    parts = {part.text: part for part in word.paragraphs}
    parts["- Started a mentoring programme in September 2019."].add_run(" It is {indicator 2: likelihood}.")
    next(part for text, part in parts.items() if text.startswith("We have reported")).add_run(" Today.")
    word.save(str(file))
    before = (narrative / "01_workforce.done.md").read_bytes()
    assert import_command(params, file, (), take_all=False) == 0  # nothing was asked for
    assert import_command(params, file, (), take_all=True) == 1
    said = capsys.readouterr()
    assert (
        "2 of the 18 texts read otherwise in" in said.out
        and "Refused, as told above: " in said.out
        and "Today." in (narrative / "foreword.md").read_text(encoding="utf-8")
    )
    assert "texts.docx, 01_workforce.done, row" in said.err and "found '{indicator 2: likelihood}'" in said.err
    assert "Did you mean {indicator 2: relative likelihood}?" in said.err
    assert (narrative / "01_workforce.done.md").read_bytes() == before
    assert import_command(params, file, ["foreword"], take_all=False) == 0


def test_nothing_is_written_over_and_nothing_unknown_is_taken(params, narrative, tmp_path):
    file = tmp_path / "texts.docx"
    export_command(params, file)
    with pytest.raises(InputProblems, match="not there yet"):
        export_command(params, file)
    with pytest.raises(InputProblems, match=r"Did you mean 'foreword'"):
        import_command(params, file, ["forword"], take_all=False)
    (tmp_path / "no.docx").write_text("no Word file", encoding="utf-8")
    with pytest.raises(InputProblems, match="a Word file"):
        read_word_texts(tmp_path / "no.docx")


def test_no_half_file_stays_and_a_link_is_not_written_through(params, tmp_path, monkeypatch):
    """Half a Word file stood in the way of the next call. Witness: a disk that is full, put in place of writing; a link that leads nowhere."""

    def full(path, content):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "link.docx").symlink_to(tmp_path / "nowhere.docx")
    with pytest.raises(InputProblems, match="a file of this name"):
        export_command(params, tmp_path / "link.docx")
    monkeypatch.setattr(type(tmp_path), "write_bytes", full)
    with pytest.raises(OSError, match=r"texts\.docx"):
        export_command(params, tmp_path / "texts.docx")
    assert [path.name for path in tmp_path.glob("*.docx")] == ["link.docx"]


@pytest.mark.parametrize("inside", ["<w:document", "<other/>"])
def test_a_damaged_word_file_is_told(params, tmp_path, inside):
    """Witness: an exported file whose main part is cut short, or of another kind: both were tracebacks."""
    export_command(params, tmp_path / "good.docx")
    with ZipFile(tmp_path / "good.docx") as good, ZipFile(tmp_path / "bad.docx", "w") as bad:
        for name in good.namelist():
            bad.writestr(name, inside if name == "word/document.xml" else good.read(name))
    with pytest.raises(InputProblems, match=r"expected a Word file \(\.docx\)"):
        import_command(params, tmp_path / "bad.docx", (), False)


def test_a_word_file_with_other_bytes_in_a_part_is_told(params, tmp_path):
    """Witness: an exported file in whose main part some bytes were changed on the way: a traceback of the library that unpacks."""
    export_command(params, tmp_path / "texts.docx")
    data = bytearray((tmp_path / "texts.docx").read_bytes())
    with ZipFile(tmp_path / "texts.docx") as word:
        begins = word.getinfo("word/document.xml").header_offset + 30 + len("word/document.xml")
    data[begins : begins + 20] = b"\xff" * 20
    (tmp_path / "texts.docx").write_bytes(data)
    with pytest.raises(InputProblems, match=r"expected a Word file \(\.docx\)"):
        import_command(params, tmp_path / "texts.docx", (), False)


def test_a_text_that_changed_here_since_it_went_out_is_taken_by_name_alone(params, narrative, tmp_path, capsys):
    file = tmp_path / "texts.docx"
    export_command(params, file)
    word = docx.Document(str(file))
    for begins in ("We have reported", "- Started a mentoring programme"):
        next(part for part in word.paragraphs if part.text.startswith(begins)).add_run(" Today.")
    word.save(str(file))
    both, here = narrative / "foreword.md", narrative / "about.md"
    for path in (both, here):
        path.write_text(path.read_text(encoding="utf-8") + "\nWritten meanwhile.\n", encoding="utf-8")
    import_command(params, file, (), take_all=True)
    told = capsys.readouterr()
    assert "foreword: changed here too since the file was exported" in told.err and "2 of the 18 texts read otherwise in" in told.out
    assert all(path.read_text(encoding="utf-8").endswith("Written meanwhile.\n") for path in (both, here))
    assert "2019. Today." in (narrative / "01_workforce.done.md").read_text(encoding="utf-8")
    import_command(params, file, ["foreword"], take_all=False)
    assert "Written meanwhile" not in both.read_text(encoding="utf-8")


def test_line_breaks_and_lists_of_word_stay_lines_and_a_table_is_refused(params, tmp_path):
    file = tmp_path / "texts.docx"
    word = docx.Document()
    word.add_heading("foreword", 1)
    word.add_paragraph("One").add_run("\nand two")
    word.add_paragraph("a point", style="List Bullet")
    word.save(str(file))
    assert {name: word.text for name, word in read_word_texts(file).items()} == {"foreword": "One\\\nand two\n\n- a point"}
    word.add_table(1, 1)
    word.save(str(file))
    with pytest.raises(InputProblems, match="found a table"):
        read_word_texts(file)


def test_texts_of_a_final_report_go_out_while_some_are_still_to_be_written(params, narrative, tmp_path, capsys):
    """They were refused, a line a text, though somebody was to write them in that very file. Witness: a text as `wres new-year` leaves it."""
    params.write_text(params.read_text().replace("state: draft", "state: final"))
    (narrative / "about.md").write_text("*To be rewritten: this is the text of 2018-19.*\n\nNECS exists.\n", encoding="utf-8")
    assert "state: final" in params.read_text()
    assert (
        export_command(params, tmp_path / "texts.docx") == 0 and "To be rewritten" in read_word_texts(tmp_path / "texts.docx")["about"].text
    )
    assert import_command(params, tmp_path / "texts.docx", (), take_all=True) == 0


def test_texts_can_be_begun_in_word(params, narrative, tmp_path, capsys):
    """Without a text nothing went out, and after one its heading alone. Witness: the report's sections; what was written under two of the headings."""
    shutil.rmtree(narrative)
    file = tmp_path / "texts.docx"
    assert export_command(params, file) == 0 and "18 texts written" in (said := capsys.readouterr().out) and "18 of them yet" in said
    texts = {name: word.text for name, word in read_word_texts(file).items()}
    assert len(texts) == 18 and {"foreword", "about", "02_recruitment.done", "09_board.planned"} <= texts.keys() and not any(texts.values())
    word = docx.Document(str(file))
    blank = {part.text: word.paragraphs[place + 1] for place, part in enumerate(word.paragraphs[:-1])}
    assert {blank[name].text for name in texts} == {"Nothing written yet."}
    blank["foreword"].text = "A year of work."
    blank["about"].insert_paragraph_before("The line below was forgotten.")
    word.save(str(file))
    assert import_command(params, file, (), take_all=True) == 0
    assert "2 of the 18 texts read otherwise in" in capsys.readouterr().out
    written = {path.name: path.read_text(encoding="utf-8") for path in narrative.iterdir()}
    assert written == {"foreword.md": "A year of work.\n", "about.md": "The line below was forgotten.\n"}


def test_of_a_long_line_what_changed_is_shown(params, narrative, tmp_path, capsys):
    """It was printed whole, twice. Witness: sixty sentences and 3,000 letters without a full stop."""
    (narrative / "about.md").write_text(59 * "It is so. " + "It was last.", encoding="utf-8")
    export_command(params, tmp_path / "texts.docx")
    word = docx.Document(str(tmp_path / "texts.docx"))
    next(part for part in word.paragraphs if part.text.endswith("It was last.")).add_run(" word" * 600)
    word.save(str(tmp_path / "texts.docx"))
    import_command(params, tmp_path / "texts.docx", (), take_all=False)
    [come] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert re.fullmatch(r"  \+(word )+.*\u2026 \(2,999 characters\)", come) and len(come) < 450


def run_of_word(xml):
    """Return a part of a paragraph as Word writes it."""
    from docx.oxml import parse_xml

    spaces = "".join(f' xmlns:{name}="http://schemas.openxmlformats.org/{rest}"' for name, rest in SPACES.items())
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1{spaces}", xml))


SPACES = {
    "w": "wordprocessingml/2006/main",
    "r": "officeDocument/2006/relationships",
    "m": "officeDocument/2006/math",
    "wp": "drawingml/2006/wordprocessingDrawing",
}


def one_text(tmp_path, *parts, style=None):
    """Return what is read of one paragraph that is put together of parts as Word writes them."""
    word = docx.Document()
    word.add_heading("foreword", 1)
    paragraph = word.add_paragraph("We did ", style=style)
    for part in parts:
        paragraph._p.append(run_of_word(part))
    word.save(str(tmp_path / "one.docx"))
    return read_word_texts(tmp_path / "one.docx")["foreword"]


TEXTS = {
    "a paragraph over lines": ("One\ntwo.\n\nThree\nfour.", ["One two.", "Three four."]),
    "points, one over lines, one below": ("Text:\n- a\n- b\n  wrapped\n  - below", ["Text:", "- a", "- b wrapped", "  - below"]),
    "numbers, and a further paragraph of a point": ("1. a\n2. b\n\n   more\n\nAfter", ["1. a", "2. b", "   more", "After"]),
    "a break in a line": ("a  \nb\\\nc", ["a\nb\nc"]),
    "a table": ("| a | b |\n|---|---|\n| 1 | 2 |", ["| a | b |\n|---|---|\n| 1 | 2 |"]),
    "a table without outer strokes": ("a | b\n--- | ---\n1 | 2", ["a | b\n--- | ---\n1 | 2"]),
    "a heading, a quotation, code": ("# H\n\n> q\n> r\n\n```\nx\n\ny\n```", ["# H", "> q\n> r", "```\nx\n\ny\n```"]),
    "a note to the writer": ("<!-- a\n\nb -->\nText\nmore", ["<!-- a\n\nb -->\nText\nmore"]),
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_goes_out_as_paragraphs_and_comes_back_the_same(tmp_path, text):
    """Each line was a paragraph in Word. Witness: the paragraphs as a person would type them; the reader of Markdown, to which both are the same."""
    from wres_helpers.report.form.limited_markdown import parse_markdown

    text, expected = TEXTS[text]
    assert word_paragraphs(text) == expected
    word = docx.Document()
    word.add_heading("foreword", 1)
    for paragraph in expected:
        word.add_paragraph(paragraph)
    word.save(str(tmp_path / "texts.docx"))
    back = read_word_texts(tmp_path / "texts.docx")["foreword"].text
    assert back == flowing(text) == flowing(back) and parse_markdown(back) == parse_markdown(text)


def test_a_new_paragraph_of_word_is_one_in_the_text(tmp_path):
    """It was printed on one line with the one before. Witness: two paragraphs, with nothing between."""
    word = docx.Document()
    word.add_heading("foreword", 1)
    word.add_paragraph("One.")
    word.add_paragraph("Two.")
    word.save(str(tmp_path / "texts.docx"))
    assert read_word_texts(tmp_path / "texts.docx")["foreword"].text == "One.\n\nTwo."


READ = {
    "bold": ('<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">much </w:t></w:r>', "We did **much**"),
    "bold switched off": ('<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>much</w:t></w:r>', "We did much"),
    "bold before a tracked change": (
        '<w:r><w:rPr><w:rPrChange w:id="1"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>much</w:t></w:r>',
        "We did much",
    ),
    "italics": ("<w:r><w:rPr><w:i/></w:rPr><w:t>much</w:t></w:r>", "We did *much*"),
    "strong": ('<w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>much</w:t></w:r>', "We did **much**"),
    "a field to fill in": ("<w:sdt><w:sdtContent><w:r><w:t>much</w:t></w:r></w:sdtContent></w:sdt>", "We did much"),
    "a hyphen that does not break": ("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>mandatory</w:t></w:r>", "We did non-mandatory"),
    "a break": ("<w:r><w:br/><w:t>much</w:t></w:r>", "We did\\\nmuch"),
    "an insertion": ('<w:ins w:id="1"><w:r><w:t>much</w:t></w:r></w:ins>', "We did much"),
    "an insertion taken out again": ('<w:ins w:id="1"><w:del w:id="2"><w:r><w:delText>much</w:delText></w:r></w:del></w:ins>', "We did"),
    "a footnote taken out": ('<w:del w:id="1"><w:r><w:footnoteReference w:id="2"/></w:r></w:del>', "We did"),
}


@pytest.mark.parametrize("what", READ)
def test_what_reviewers_do_in_word_is_read_as_they_see_it(tmp_path, what):
    part, expected = READ[what]
    assert one_text(tmp_path, part).text == expected


REFUSED = {
    "a footnote": '<w:r><w:footnoteReference w:id="2"/></w:r>',
    "an endnote": '<w:r><w:endnoteReference w:id="2"/></w:r>',
    "a picture or a text box": "<w:r><w:drawing><wp:inline/></w:drawing></w:r>",
    "an object of another program": "<w:r><w:object/></w:r>",
    "a formula": "<m:oMath/>",
    "a sign of a font of its own": '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>',
    "words struck through by hand": "<w:r><w:rPr><w:strike/></w:rPr><w:t>much</w:t></w:r>",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_text_can_hold_is_refused_and_not_left_out(tmp_path, what):
    with pytest.raises(InputProblems, match=f"foreword: found {what}; expected words under headings"):
        one_text(tmp_path, REFUSED[what])
    with pytest.raises(InputProblems, match=f"found {what}, 2 times"):
        one_text(tmp_path, REFUSED[what], REFUSED[what])


def test_lists_and_links_and_lower_headings_of_word_are_markdown(tmp_path):
    """Lists made by the button have no style of their own. Witness: the list styles of Word's template, their numbers set on a plain paragraph."""
    word = docx.Document()
    word.add_heading("foreword", 1)
    word.add_heading("What we heard", 2)
    for style in ("List Bullet", "List Number"):
        word.add_paragraph(style, style=style)
        [points] = word.styles[style].element.xpath("w:pPr/w:numPr/w:numId/@w:val")
        by_button = word.add_paragraph("below, by the button")
        by_button._p.get_or_add_pPr().append(run_of_word(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{points}"/></w:numPr>'))
    word.add_paragraph("set in alone", style="List Paragraph")
    link = word.part.relate_to(
        "https://example.org/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    linked = word.add_paragraph("See ")
    linked._p.append(run_of_word(f'<w:hyperlink r:id="{link}"><w:r><w:t>the plan</w:t></w:r></w:hyperlink>'))
    linked.add_run(", ")
    linked._p.append(run_of_word(f'<w:hyperlink r:id="{link}"><w:r><w:t>https://example.org</w:t></w:r></w:hyperlink>'))
    word.save(str(tmp_path / "texts.docx"))
    assert read_word_texts(tmp_path / "texts.docx")["foreword"].text.split("\n\n") == [
        "## What we heard",
        "- List Bullet\n- below, by the button\n1. List Number\n1. below, by the button",
        "set in alone",
        "See [the plan](https://example.org/), https://example.org",
    ]


def test_a_paragraph_whose_end_was_taken_out_goes_on_in_the_next(tmp_path):
    word = docx.Document()
    word.add_heading("foreword", 1)
    first = word.add_paragraph("One, ")
    first._p.get_or_add_pPr().append(run_of_word('<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'))
    word.add_paragraph("and two.")
    word.save(str(tmp_path / "texts.docx"))
    assert read_word_texts(tmp_path / "texts.docx")["foreword"].text == "One, and two."


def test_words_that_would_come_under_no_heading_or_another_are_refused(params, narrative, tmp_path):
    """They were left out, or taken into the text above. Witness: a heading taken out, one twice, words above the first."""
    file = tmp_path / "texts.docx"
    export_command(params, file)
    before = {path.name: path.read_bytes() for path in narrative.glob("*.md")}

    def changed(change):
        word = docx.Document(str(file))
        change(word, {part.text: part for part in word.paragraphs if part.style.name == "Heading 1"})
        word.save(str(tmp_path / "changed.docx"))
        with pytest.raises(InputProblems) as told:
            import_command(params, tmp_path / "changed.docx", (), take_all=True)
        return str(told.value)

    assert "words of about under foreword" in changed(lambda word, heads: heads["about"]._p.getparent().remove(heads["about"]._p))
    assert "'foreword', 2 times" in changed(lambda word, heads: word.add_heading("foreword", 1))
    assert "above the first heading 'Dear board'" in changed(lambda word, heads: word.paragraphs[0].insert_paragraph_before("Dear board"))
    table = "foreword: found a table; expected words under headings"
    assert table in changed(lambda word, heads: heads["about"]._p.addprevious(word.add_table(1, 1)._tbl))
    assert {path.name: path.read_bytes() for path in narrative.glob("*.md")} == before


def test_comments_are_counted_where_they_stand(params, tmp_path, capsys):
    file = tmp_path / "texts.docx"
    export_command(params, file)
    word = docx.Document(str(file))
    next(part for part in word.paragraphs if part.text.startswith("We have reported"))._p.append(
        run_of_word('<w:r><w:commentReference w:id="1"/></w:r>')
    )
    word.save(str(file))
    import_command(params, file, (), take_all=False)
    assert "foreword: comments in texts.docx: 1; read them there" in capsys.readouterr().out
