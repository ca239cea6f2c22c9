"""The page about the API: whole, readable, and of nobody else."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from app.web.v1 import api
from tests.web.v1.conftest import Place

VOID = {"meta", "link", "br", "hr", "img", "input"}
HEADINGS = ("h1", "h2", "h3", "h4")


@dataclass
class Page(HTMLParser):
    """A page, read as strictly as XML would be."""

    open: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


@pytest.fixture
def html(place: Place) -> str:
    answer = place.anonymous.get("/docs")
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    return answer.text


@pytest.fixture
def page(html: str) -> Page:
    read = Page()
    read.feed(html)
    read.close()
    return read


def test_every_tag_that_is_opened_is_closed_and_every_id_there_once(page: Page) -> None:
    assert (page.faults, page.open) == ([], [])
    assert [one for one, often in Counter(page.values("id")).items() if often > 1] == []


def test_every_operation_is_there(page: Page) -> None:
    assert {operation.name for operation in api.operations()} <= set(page.values("id"))
    assert all(operation.summary in page.text for operation in api.operations())


def test_links_lead_to_what_is_there(page: Page) -> None:
    inside = {link.removeprefix("#") for link in page.values("href") if link.startswith("#")}
    named = {name for names in page.values("aria-labelledby") for name in names.split()}
    assert inside | named <= set(page.values("id"))


def test_nothing_comes_from_elsewhere_and_nothing_is_run(page: Page) -> None:
    outside = [link for link in page.values("href") if not link.startswith("#")]
    assert sorted(outside) == ["/v1/docs/style.css", "/v1/openapi.json", "data:,"]
    assert not [tag for tag, _ in page.tags if tag in ("script", "img", "iframe", "style", "form")]
    assert not [name for _, found in page.tags for name in found if name.startswith("on")]
    assert page.values("src") == page.values("style") == []


def test_a_policy_holds_it_to_that(place: Place) -> None:
    policy = place.anonymous.get("/docs").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "style-src 'self'" in policy
    assert "unsafe" not in policy and "script-src" not in policy


def test_headings_and_landmarks_tell_where_one_is(page: Page) -> None:
    tags = [tag for tag, _ in page.tags]
    assert [tags.count(one) for one in ("h1", "header", "nav", "main")] == [1, 1, 1, 1]
    levels = [HEADINGS.index(tag) for tag in tags if tag in HEADINGS]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert dict(page.tags)["html"] == {"lang": "en"}


def test_it_tells_how_an_operation_is_called(page: Page) -> None:
    assert (
        "curl http://localhost/v1/keys \\\n  -H 'Authorization: Bearer vl_...' \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        """  -d '{"name": "...", "scopes": ["read"]}'"""
    ) in page.text
    assert "curl -X DELETE http://localhost/v1/keys/KEY_ID" in page.text


def test_what_is_in_what_is_shown_with_its_bounds(page: Page) -> None:
    told = " ".join(page.text.split())
    assert "name string, 1 to 200 characters required" in told
    assert "scopes list of: one of read, render, admin, 1 to 3 of them required" in told


def test_what_programs_read_is_marked(html: str) -> None:
    assert "<code>Authorization: Bearer vl_...</code>. It is told here once" in html
    assert "`" not in re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)


def test_a_name_that_the_caller_gives_the_service_is_no_markup(place: Place) -> None:
    answer = place.client.get("/v1/docs", headers={"Host": "<b>"})
    assert answer.status_code in (400, 403)
    behind = place.client.get("/v1/docs", headers={"X-Forwarded-Host": "<b>"})
    assert "<b>" not in behind.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_text_is_seen_on_every_ground(place: Place, scheme: str) -> None:
    """A contrast of 4.5, as WCAG 2.2 AA asks for."""
    answer = place.anonymous.get("/docs/style.css")
    assert answer.mimetype == "text/css"
    light, dark = re.findall(r":root \{([^}]*)\}", answer.text)
    block = light if scheme == "light" else dark
    colours = dict(re.findall(r"--(\w+): (#\w{6})", block))
    grounds = {colours.pop("ground"), colours.pop("raised")}
    colours.pop("line")
    assert len(colours) >= 6
    for ground in grounds:
        for name, colour in colours.items():
            assert contrast(colour, ground) >= 4.5, (name, ground)


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
