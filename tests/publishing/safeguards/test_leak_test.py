"""The leak test finds what is planted, in every kind of file and hiding place, and nothing in a clean report."""

import base64
import io
import json
import zlib

import openpyxl
import pikepdf
import pytest
import typst
from support.leaks import CANARY, HIDDEN_NUMBER, find_leaks, hidden_numbers

from wres_helpers.disclosure import protect

NAME = "Philippa Canary-Singh"
NUMBER = "EMP-20417733"


@pytest.fixture(scope="module")
def board(evidence, necs):
    return protect(evidence, necs)


@pytest.fixture(scope="module")
def hidden(evidence, board):
    return hidden_numbers(evidence, board)


def png_with(text: str) -> bytes:
    def chunk(kind, data):
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = chunk(b"IHDR", (1).to_bytes(4) + (1).to_bytes(4) + b"\x08\x00\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(text.encode())) + chunk(b"IEND", b"")


def pdf_with(body: str = "A page.", title: str = "Title", alt: str = "a square") -> bytes:
    source = f'#set document(title: "{title}", date: none)\n#set text(lang: "en")\n{body}\n#figure(rect(), alt: "{alt}", caption: [Square])'
    return typst.compile(source.encode(), pdf_standards=["ua-1"])


def pdf_metadata(text: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_with())) as pdf:
        pdf.docinfo["/Keywords"] = text
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def pdf_attachment(text: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_with())) as pdf:
        pdf.attachments["note.txt"] = text.encode()
        pdf.save(out)
    return out.getvalue()


def workbook(sheet="visible", comment="", cell="", prop="") -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Band", "BME", "White"])
    second = book.create_sheet("second")
    second.sheet_state = sheet
    second["A1"] = cell
    if comment:
        second["B2"].comment = openpyxl.comments.Comment(comment, "pack")
    book.properties.keywords = prop
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HTML = "<!DOCTYPE html><html><body><p>Report</p>{}</body></html>"
PLACES = {
    "text.html": HTML.format(f"<p>{NAME}</p>"),
    "split.html": HTML.format("<p>Philippa <b>Canary-</b><i>Singh</i></p>"),
    "soft.html": HTML.format("<p>Phil\u00adippa Canary\u2011Singh</p>".replace("\u2011", "-")),
    "escaped.html": HTML.format("<p>Philippa&#32;Canary&#45;Singh</p>"),
    "comment.html": HTML.format(f"<!-- {NAME} -->"),
    "attribute.html": HTML.format(f'<a href="#x" data-note="{NAME}">x</a>'),
    "alternative.html": HTML.format(f'<img alt="{NAME}" src="x.png">'),
    "link.html": HTML.format('<a href="mailto:Philippa%20Canary-Singh">x</a>'),
    "style.html": HTML.format(f"<style>/* {NAME} */</style>"),
    "drawing.html": HTML.format(f"<svg><title>{NAME}</title><path d='M0 0'/></svg>"),
    "metadata.html": HTML.format(f"<svg><metadata><x>{NAME}</x></metadata></svg>"),
    "image.html": HTML.format(f'<img alt="" src="data:image/png;base64,{base64.b64encode(png_with(NAME)).decode()}">'),
    "picture.html": HTML.format(f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(f"<svg><desc>{NAME}</desc></svg>".encode()).decode()}">'),
    "image.png": png_with(NAME),
    "page.pdf": pdf_with(body=f"Dear {NAME}, thank you."),
    "title.pdf": pdf_with(title=NAME),
    "structure.pdf": pdf_with(alt=NAME),
    "metadata.pdf": pdf_metadata(NAME),
    "attachment.pdf": pdf_attachment(NAME),
    "cell.xlsx": workbook(cell=NAME),
    "hidden.xlsx": workbook(sheet="hidden", cell=NAME),
    "very-hidden.xlsx": workbook(sheet="veryHidden", cell=NAME),
    "comment.xlsx": workbook(comment=NAME),
    "property.xlsx": workbook(prop=NAME),
    "rows.csv": f"a,b\n1,{NAME}\n",
    "notebook.ipynb": json.dumps({"cells": [{"outputs": [{"data": {"text/plain": ["Phil", "ippa Canary-Singh"]}}]}]}),
    "parameters.ipynb": json.dumps({"metadata": {"papermill": {"parameters": {"contact": NAME}}}, "cells": []}),
    "receipt.json": json.dumps({"note": "Philippa Canary-Singh"}, ensure_ascii=True),
    "run.log": f"read {NAME}",
    "wide.bin": NAME.encode("utf-16-le"),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_planted_name_is_found(tmp_path, place):
    content = PLACES[place]
    (tmp_path / place).write_bytes(content if isinstance(content, bytes) else content.encode())
    found = find_leaks(tmp_path, [NUMBER, NAME])
    assert {(leak.file, leak.kind, leak.what) for leak in found} == {(place, CANARY, "number 2 of the list")}
    assert all(NAME not in leak.sentence() for leak in found)


def test_names_of_files_and_files_outside_are_searched(tmp_path):
    folder = tmp_path / "board"
    (folder / "sections").mkdir(parents=True)
    (folder / "sections" / f"{NUMBER}.html").write_text("<p>x</p>")
    (tmp_path / "run.log").write_text(f"row of {NUMBER}")
    assert {leak.file for leak in find_leaks(folder, [NUMBER], also=[tmp_path / "run.log"])} == {f"sections/{NUMBER}.html", "run.log"}


def test_a_short_canary_must_stand_alone(tmp_path):
    (tmp_path / "a.html").write_text(HTML.format("<p>Bandana</p>"))
    assert not find_leaks(tmp_path, ["Dan"])
    (tmp_path / "a.html").write_text(HTML.format("<p>by Dan, in May</p>"))
    assert find_leaks(tmp_path, ["Dan"])


def test_a_file_that_cannot_be_read_is_not_passed_over(tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(pikepdf.PdfError):
        find_leaks(tmp_path, [NAME])


TABLE = """<table><caption>{caption}</caption><thead><tr><th>Pay band</th><th>White</th><th>BME</th><th>Not disclosed</th><th>All</th></tr></thead>
<tbody><tr><th>Band 2</th><td>12</td><td>{bme}</td><td>14 to 17</td><td>30</td></tr></tbody></table>"""

#: Each gives away a number that the shipped report hides: 1 BME person of 30 in Band 2, 2 of 65 in indicator 3, 1 at question 13a.
GIVEN_AWAY = {
    "table.html": HTML.format(TABLE.format(caption="Staff by pay band", bme="1")),
    "sentence.html": HTML.format("<p>In Band 2 there is 1 BME person.</p>"),
    "rate.html": HTML.format("<p>In Band 2 the BME share is 3.3%.</p>"),
    "alternative.html": HTML.format('<svg role="img" aria-label="Bars. Band 2, BME: 1 of 30."></svg>'),
    "ratio.html": HTML.format("<p>The relative likelihood is 2.24.</p>"),
    "count.html": HTML.format("<p>2 of 65 BME staff entered a formal disciplinary process.</p>"),
    "percentage.html": HTML.format("<p>That is 3.1% of BME staff in a disciplinary process.</p>"),
    "full.json": json.dumps({"bme_rate": "0.03076923076923077"}),
    "chart.csv": "band,bme_count,band_total\nBand 2,1,30\n",
    "long.csv": "response,group,count,base\n3-5 times,BME,1,37\n",
    "results.csv": "indicator,measure,breakdown,category,bme_count\n1,share_of_grade,grade,Band 8c,1.0\n",
    "ratio.pdf": pdf_with(body="The relative likelihood is 2.24 times."),
    "structure.pdf": pdf_with(alt="Bar chart. In Band 2 there is 1 BME person."),
}  # fmt: skip


@pytest.mark.parametrize("place", GIVEN_AWAY)
def test_a_hidden_number_is_found_where_it_says_something(tmp_path, hidden, place):
    content = GIVEN_AWAY[place]
    (tmp_path / place).write_bytes(content if isinstance(content, bytes) else content.encode())
    found = find_leaks(tmp_path, hidden=hidden)
    assert found and {leak.kind for leak in found} == {HIDDEN_NUMBER}


HARMLESS = {
    "range.html": HTML.format(TABLE.format(caption="Staff by pay band", bme="fewer than 5")),
    "other.html": HTML.format("<p>In Band 7 there are 14 BME staff. Page 1 of 2.</p>"),
    "words.html": HTML.format("<p>Fewer than 5 of 65 BME staff entered a formal disciplinary process, 1.5% to 6.2%.</p>"),
    "answers.csv": "response,group,count,base\n3-5 times,BME,1 to 7,37\n",
}


@pytest.mark.parametrize("place", HARMLESS)
def test_coarser_truths_are_no_leak(tmp_path, hidden, place):
    (tmp_path / place).write_text(HARMLESS[place])
    assert not find_leaks(tmp_path, hidden=hidden)


def test_unprotected_tables_are_found_out(tmp_path, evidence, board, hidden):
    """The unprotected results give hidden numbers away; the protected ones, texts in their cells, do not."""
    evidence.results.to_csv(tmp_path / "results.csv", index=False)
    assert len(find_leaks(tmp_path, hidden=hidden)) > 10
    safe = board.results.astype(object)
    for row, text in zip(safe.index, board.results["protection"], strict=True):
        for field, words in (json.loads(text) if text else {}).items():
            safe.loc[row, field] = words
    safe.drop(columns="protection").to_csv(tmp_path / "results.csv", index=False)
    assert not find_leaks(tmp_path, hidden=hidden)
