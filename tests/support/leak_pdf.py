"""Everything that can be read in a PDF: the text of its pages, alternative texts, bookmarks, metadata, attachments."""

import io
import re
from collections.abc import Iterator

import pikepdf

_Codes = dict[int, str]


def pdf_texts(content: bytes) -> Iterator[tuple[str, str, bool]]:
    """Return where, text, and whether a reader sees or hears it, for all texts of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            yield f"page {number}", " ".join(_page_text(page)), True
        for item in pdf.objects:
            for name, text in _strings(item):
                yield f"object, {name}", text, name in ("/Alt", "/ActualText", "/E", "/Title", "/T", "/Contents", "/Subject", "/Keywords")
        for name, attached in pdf.attachments.items():
            yield f"attachment {name}", attached.get_file().read_bytes().decode("utf-8", errors="ignore"), False


def _strings(item: pikepdf.Object, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Return the strings that stand directly in an object; objects it refers to are visited by themselves."""
    if isinstance(item, pikepdf.Stream):
        if item.get("/Type") in ("/Metadata", "/EmbeddedFile"):
            yield str(item.get("/Type")), item.read_bytes().decode("utf-8", errors="ignore")
        pairs = [(key, item[key]) for key in item]
    elif isinstance(item, pikepdf.Dictionary):
        pairs = [(key, item[key]) for key in item]
    elif isinstance(item, pikepdf.Array):
        pairs = [("array", each) for each in item]
    else:
        return
    for key, value in pairs:
        if isinstance(value, pikepdf.String):
            yield str(key), str(value)
        elif depth < 6 and isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not getattr(value, "is_indirect", False):
            yield from _strings(value, depth + 1)


def _page_text(page: pikepdf.Page) -> Iterator[str]:
    yield from _content_text(page, page.obj.get("/Resources", pikepdf.Dictionary()))


def _content_text(content: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object, depth: int = 0) -> Iterator[str]:
    """Return the shown strings of a content stream, forms drawn by it included, in the order of drawing."""
    fonts = {name: _codes(font) for name, font in (resources.get("/Font") or pikepdf.Dictionary()).items()}
    forms = resources.get("/XObject") or pikepdf.Dictionary()
    codes: tuple[int, _Codes] = (1, {})
    line = ""
    for operands, operator in pikepdf.parse_content_stream(content):
        name = str(operator)
        if name == "Tf":
            codes = fonts.get(str(operands[0]), codes)
        elif name in ("Tj", "'", '"'):
            line += _decoded(bytes(operands[-1]), codes)
        elif name == "TJ":
            line += "".join(_piece(part, codes) for part in operands[0])
        elif name in ("Td", "TD", "T*", "Tm", "ET") and line:
            yield line
            line = ""
        elif name == "Do" and depth < 5 and str(operands[0]) in forms:
            form = forms[str(operands[0])]
            if form.get("/Subtype") == "/Form":
                yield from _content_text(form, form.get("/Resources", resources), depth + 1)
    if line:
        yield line


def _piece(part: pikepdf.Object, codes: tuple[int, _Codes]) -> str:
    if isinstance(part, pikepdf.String):
        return _decoded(bytes(part), codes)
    return " " if float(part) < -200 else ""


def _decoded(data: bytes, codes: tuple[int, _Codes]) -> str:
    width, characters = codes
    numbers = (int.from_bytes(data[place : place + width]) for place in range(0, len(data), width))
    return "".join(characters.get(number, chr(number) if width == 1 else "") for number in numbers)


def _codes(font: pikepdf.Object) -> tuple[int, _Codes]:
    """Return how many bytes a character code of the font takes, and what each code stands for."""
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    if "/ToUnicode" not in font:
        return width, {}
    table = font["/ToUnicode"].read_bytes().decode("latin-1")
    found: _Codes = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]+)>", block):
            found[int(code, 16)] = _text(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = chr(int(text, 16) + offset)
        for first, _, texts in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\[(.*?)\]", block, re.DOTALL):
            for offset, text in enumerate(re.findall(r"<([0-9A-Fa-f]+)>", texts)):
                found[int(first, 16) + offset] = _text(text)
    return width, found


def _text(digits: str) -> str:
    return bytes.fromhex(re.sub(r"\s", "", digits)).decode("utf-16-be", errors="ignore")
