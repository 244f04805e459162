"""Makes the HTML pages: one self-contained file, no script, nothing loaded from anywhere."""

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from wres_helpers.publishing.pages.report_parts import SUMMARY, Document
from wres_helpers.report.form.block_html import block_html, together

LANGUAGE = "en-GB"


def document_html(document: Document) -> str:
    """Return a document as one HTML page. Raises ValueError if a block is of an unknown kind."""
    style, anchors = Markup(style_sheet()), document.anchors
    values = {
        "document": document,
        "context": document.context,
        "language": LANGUAGE,
        "style": style,
        "content_security_policy": content_security_policy(style),
        "block_html": lambda block, folds: Markup(block_html(block | {"folds": folds}, anchors)),
        "summary_title": SUMMARY,
    }
    return page_template().render(values).strip() + "\n"


@cache
def style_sheet() -> str:
    """Return the style sheet of the pages, with their type, which `docs/make_page_type.py` cuts out of the PDF's."""
    folder = resources.files("wres_helpers.publishing.pages") / "templates" / "wres"
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("page_type.css", "page.css"))


def content_security_policy(style: str) -> str:
    """Return the policy that lets a browser use this page's own style, type and pictures, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"


@cache
def page_template() -> Template:
    loader = PackageLoader("wres_helpers.publishing.pages", "templates/wres")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["together"] = together
    return environment.get_template("index.html.j2")
