"""Every page is the same shell: its script reads the address, and asks the API for the rest."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import jinja2
from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from app.web.studio.assets import assets

LANGUAGES = ("en", "ru")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    )
)
"""Content-Security-Policy: nothing from elsewhere, and nothing that is written into the page."""

_FOR_EVER = "public, max-age=31536000, immutable"

_FOLDER = Path(__file__).parent

blueprint = Blueprint("studio", __name__)


@blueprint.get("/")
@blueprint.get("/studio")
@blueprint.get("/studio/<path:page>")
def show(page: str = "") -> Response:
    """The shell of a page; that there is such a page its script finds out."""
    del page
    language = request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])
    headers = {
        "Content-Security-Policy": POLICY,
        "Permissions-Policy": "camera=(self), microphone=(self)",
        "Referrer-Policy": "same-origin",
        "Vary": "Accept-Language",
    }
    shell = _shell(request.script_root, language or LANGUAGES[0])
    return Response(shell, mimetype="text/html", headers=headers)


@blueprint.get("/studio/assets/<version>/<path:name>")
def asset(version: str, name: str) -> Response:
    """A script, a style sheet or a picture of the page."""
    found = assets()
    file = found.files.get(name)
    if file is None or version != found.version:
        raise NotFound
    packed = request.accept_encodings.quality("gzip") > 0
    headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
    if packed:
        headers["Content-Encoding"] = "gzip"
    content = file.packed if packed else file.content
    return Response(content, headers=headers, content_type=file.media_type)


@lru_cache(maxsize=16)
def _shell(prefix: str, language: str) -> str:
    loader = jinja2.FileSystemLoader(_FOLDER)
    surroundings = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True)
    base = f"{prefix}/studio/assets/{assets().version}"
    shell = surroundings.get_template("shell.html")
    return shell.render(prefix=prefix, base=base, language=language)
