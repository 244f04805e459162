"""Makes the HTML pages: one self-contained file, no script, nothing loaded from anywhere."""

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from wres_helpers.publishing.pages.page_fonts import font_faces
from wres_helpers.publishing.pages.report_parts import SUMMARY, Document
from wres_helpers.report.block_html import block_html

TEMPLATE_PACKAGE = "wres_helpers.publishing.pages"
TEMPLATE_NAME = "wres"
LANGUAGE = "en-GB"


def document_html(document: Document) -> str:
    """Return a document as one HTML page. Raises ValueError if a block is of an unknown kind."""
    return page_template().render(values=template_values(document)).strip() + "\n"


def template_values(document: Document) -> dict[str, Any]:
    """Return what the template is given; the nbconvert exporter hands over the same."""
    style = Markup(style_sheet())
    return {
        "document": document,
        "language": LANGUAGE,
        "style": style,
        "content_security_policy": content_security_policy(style),
        "block_html": lambda block: Markup(block_html(block)),
        "summary_title": SUMMARY,
    }


@cache
def style_sheet() -> str:
    """Return the style sheet of the pages, with their type."""
    return font_faces() + (resources.files(TEMPLATE_PACKAGE) / "templates" / TEMPLATE_NAME / "page.css").read_text(encoding="utf-8")


def content_security_policy(style: str) -> str:
    """Return the policy that lets a browser use this page's own style, type and pictures, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"


@cache
def page_template() -> Template:
    """Return the template of a page."""
    loader = PackageLoader(TEMPLATE_PACKAGE, f"templates/{TEMPLATE_NAME}")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("index.html.j2")
