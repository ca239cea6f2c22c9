"""The page about the API in a browser."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from tests.browser.chromium import complaints
from tests.e2e.conftest import Service
from tests.services.served import served

__all__ = ["served"]

pytestmark = pytest.mark.slow


def test_it_is_shown_with_its_style_and_nothing_to_complain_of(
    served: Service, tmp_path: Path
) -> None:
    picture = tmp_path / "page.png"
    assert complaints(f"{served.url}/v1/docs", picture) == []
    shown = cv2.imread(str(picture))
    assert shown is not None
    # The line below the head, which only the style draws, goes from side to side.
    assert (shown[:200] == (222, 216, 211)).all(axis=2).any(axis=0).mean() > 0.9


def test_a_page_that_breaks_its_policy_would_be_complained_of(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">"
        "<link rel=stylesheet href=style.css>",
        encoding="utf-8",
    )
    assert complaints(page.as_uri(), tmp_path / "page.png")
