"""What a browser is sent of Studio, before its scripts ask the API."""

from __future__ import annotations

import gzip
import hashlib
import posixpath
import re

import pytest

import config
from app.web.studio.assets import FOLDER, assets
from app.web.studio.pages import LANGUAGES
from tests.web.v1.conftest import Place, place, settings

__all__ = ["place", "settings"]

_WORD = re.compile(r'^  (?:"(?P<quoted>[^"]+)"|(?P<plain>\w+)): (?P<said>.+),$', re.MULTILINE)
_IMPORT = re.compile(r'(?:from|import|new URL)[\s(]*"(\.{1,2}/[^"]+)"')
_IMPORTED_AT_ONCE = re.compile(r'from\s*"(\.{1,2}/[^"]+)"')
"""Without what is fetched when it is first wanted."""


def _words(language: str) -> dict[str, str]:
    """Sentences by their names, as they are written."""
    written = (FOLDER / "words" / f"{language}.js").read_text(encoding="utf-8")
    found = {each["quoted"] or each["plain"]: each["said"] for each in _WORD.finditer(written)}
    assert len(found) == written.count("\n") - 2, "a line that is no sentence"
    return found


@pytest.mark.parametrize(
    "path", ["/", "/studio", "/studio/lectures", "/studio/lectures/lec_0000000000007"]
)
def test_every_page_is_the_same_shell_that_runs_nothing_from_elsewhere(
    place: Place, path: str
) -> None:
    answer = place.client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert answer.get_data() == place.client.get("/").get_data()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for address in re.findall(r'(?:src|href)="([^"]+)"', answer.text):
        assert address.startswith(("/studio/assets/", "/v1/docs"))
        assert place.client.get(address).status_code == 200


def test_it_is_in_the_language_that_the_browser_asks_for(place: Place) -> None:
    for language in LANGUAGES:
        answer = place.client.get("/", headers={"Accept-Language": f"{language}-XX, fr;q=0.5"})
        assert f'<html lang="{language}"' in answer.text
    assert '<html lang="en"' in place.client.get("/", headers={"Accept-Language": "fr"}).text


def test_browsers_keep_scripts_for_ever_and_never_those_of_another_version(place: Place) -> None:
    version = assets().version
    answer = place.client.get(f"/studio/assets/{version}/start.js")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/javascript; charset=utf-8"
    for other in ("0" * 16, "latest"):
        assert place.client.get(f"/studio/assets/{other}/start.js").status_code == 404
    for name in ("nothing.js", "../pages.py", "%2e%2e/pages.py", "words"):
        assert place.client.get(f"/studio/assets/{version}/{name}").status_code == 404


def test_they_are_packed_for_whoever_takes_that(place: Place) -> None:
    path = f"/studio/assets/{assets().version}/style.css"
    plain = place.client.get(path, headers={"Accept-Encoding": "identity"})
    packed = place.client.get(path, headers={"Accept-Encoding": "gzip, br"})
    refused = place.client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data() == refused.get_data()


def test_every_rule_of_the_style_sheet_ends() -> None:
    """A brace that is missing takes away all rules that follow it."""
    depth = 0
    for number, line in enumerate(assets().files["style.css"].content.decode().splitlines(), 1):
        assert depth == 0 or line.startswith((" ", "}")) or not line, f"line {number}"
        depth += line.count("{") - line.count("}")
    assert depth == 0


def scripts(*roots: str, imports: re.Pattern[str]) -> set[str]:
    """These files and all that they need."""
    wanted, seen = [*roots], set[str]()
    while wanted:
        name = wanted.pop()
        seen.add(name)
        for found in imports.findall(assets().files[name].content.decode()):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), found))
            if path not in seen:
                wanted.append(path)
    return seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["new", "lecture", "lectures", "library", "service"])
def test_what_a_page_needs_is_small(place: Place, page: str, language: str) -> None:
    roots = ("start.js", "style.css", f"words/{language}.js", f"pages/{page}.js")
    needed = scripts(*roots, imports=_IMPORTED_AT_ONCE)
    sent = sum(len(assets().files[name].packed) for name in needed)
    assert sent + len(place.client.get("/").get_data()) < 100_000


def test_no_script_is_there_for_nothing() -> None:
    files = {name for name in assets().files if name.endswith(".js")}
    words = (f"words/{language}.js" for language in LANGUAGES)
    assert files == scripts("start.js", *words, imports=_IMPORT)


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_every_sentence_is_there_in_every_language_with_the_same_parts(language: str) -> None:
    english, other = _words("en"), _words(language)
    assert list(other) == list(english)
    for name, said in english.items():
        parts = set(re.findall(r"\{(\w+)\}", said))
        assert set(re.findall(r"\{(\w+)\}", other[name])) == parts, name


def test_what_others_wrote_is_unchanged_and_named_with_its_sum() -> None:
    notice = (config.ROOT / "NOTICE.md").read_text(encoding="utf-8")
    for path in sorted((FOLDER / "vendor").rglob("*.js")):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in notice, path.name
