"""What axe-core finds on each page, in both themes and languages, on phones and on desks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Service

pytestmark = pytest.mark.slow

PATHS = ("/", "/studio/lectures", "/studio/nothing")
LANGUAGE = {"en": "Language", "ru": "Язык"}


@dataclass(frozen=True)
class Looks:
    """How a page is looked at."""

    theme: str
    language: str
    width: int

    def __str__(self) -> str:
        return f"{self.theme}-{self.language}-{self.width}"


LOOKS = [Looks(*each) for each in product(("light", "dark"), ("en", "ru"), (360, 1440))]


@pytest.mark.parametrize("looks", LOOKS, ids=str)
@pytest.mark.parametrize("path", PATHS)
def test_nothing_keeps_anybody_from_using_it(
    page: Page, service: Service, path: str, looks: Looks
) -> None:
    page.set_viewport_size({"width": looks.width, "height": 900})
    page.add_init_script(
        f"localStorage.setItem('videolecture.theme', '{looks.theme}');"
        f"localStorage.setItem('videolecture.language', '{looks.language}');"
    )
    page.goto(service.url + path)
    expect(page.get_by_label(LANGUAGE[looks.language])).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if path == "/":
        expect(page.get_by_role("radio")).to_have_count(4)  # three faces and a voice
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= looks.width
