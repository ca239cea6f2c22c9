"""The API described on a page for people: made here, without a script, from the document."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import jinja2
from flask import Response, request
from markupsafe import Markup, escape

from app import __version__
from app.web.v1 import openapi
from app.web.v1.call import Call
from app.web.v1.operation import Resource, Told

resource = Resource("docs", "This description, for people and for programs")

_FOLDER = Path(__file__).with_name("page")

POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Content-Security-Policy of the page: its own style sheet, and nothing else from anywhere."""


@resource.get("/docs", scope=None, answers={200: Told("A page", media_type="text/html")})
def get_docs(call: Call) -> Response:
    """Describe the API for people.

    The page needs no script and nothing from the network.
    """
    page = _page(f"{request.host_url.rstrip('/')}{call.link('')}", call.link(""))
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": POLICY})


@resource.get(
    "/docs/style.css", scope=None, answers={200: Told("A style sheet", media_type="text/css")}
)
def get_docs_style(call: Call) -> Response:
    """Tell how the page looks."""
    del call
    return Response(_style(), mimetype="text/css")


@lru_cache(maxsize=8)
def _page(address: str, base: str) -> str:
    from app.web.v1 import api, docs_view

    loader = jinja2.FileSystemLoader(_FOLDER)
    surroundings = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    surroundings.filters["marked"] = marked
    sections = docs_view.sections(openapi.document(api.RESOURCES, base), address)
    return surroundings.get_template("docs.html").render(
        sections=sections, base=base, address=address, version=__version__
    )


def marked(text: str) -> Markup:
    """A text in which backticks mark what programs read.

    >>> marked("send `<a>`")
    Markup('send <code>&lt;a&gt;</code>')
    """
    parts = text.split("`")
    told = [Markup("<code>{}</code>").format(part) if odd % 2 else escape(part)
            for odd, part in enumerate(parts)]  # fmt: skip
    return Markup("").join(told)


@cache
def _style() -> str:
    return (_FOLDER / "style.css").read_text(encoding="utf-8")
