"""How a page looks to axe-core: in both themes and languages, on phones and on desks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import pytest
from _pytest.mark import ParameterSet
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE, DESK = 360, 1440


@dataclass(frozen=True)
class Looks:
    """How a page is looked at."""

    theme: str
    language: str
    width: int

    def __str__(self) -> str:
        return f"{self.theme}-{self.language}-{self.width}"

    def begin(self, page: Page) -> None:
        """Have what is opened next look so."""
        page.set_viewport_size({"width": self.width, "height": 900})
        page.add_init_script(
            f"localStorage.setItem('videolecture.theme', '{self.theme}');"
            f"localStorage.setItem('videolecture.language', '{self.language}');"
        )

    def check(self, page: Page) -> None:
        """See that nothing keeps anybody from using the page as it is, an open dialog with it."""
        _check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width


EVERY = [Looks(*each) for each in product(("light", "dark"), ("en", "ru"), (PHONE, DESK))]

PAIRS = [
    each
    for each in EVERY
    if (each.theme == "dark") ^ (each.language == "ru") ^ (each.width == PHONE)
]
"""Half of them, in which every two properties meet."""

ENGLISH = [each for each in EVERY if each.language == "en"]


def looks(at_once: Iterable[Looks], later: Iterable[Looks]) -> list[ParameterSet]:
    """Parameters of a test: those of every run, and those of ``make proofs``."""
    first = list(at_once)
    rest = [each for each in later if each not in first]
    return [
        *(pytest.param(each, id=str(each)) for each in first),
        *(pytest.param(each, id=str(each), marks=pytest.mark.proof) for each in rest),
    ]


def _check(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def check_looks(page: Page) -> None:
    """See that nothing keeps anybody from using the page as it is, an open dialog with it."""
    for theme in ("light", "dark"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        _check(page)
    usual = page.viewport_size
    assert usual is not None
    page.set_viewport_size({"width": PHONE, "height": usual["height"]})
    for wide in ("document.documentElement", "(document.querySelector('dialog') ?? document.body)"):
        assert page.evaluate(f"{wide}.scrollWidth") <= PHONE
    page.set_viewport_size(usual)
