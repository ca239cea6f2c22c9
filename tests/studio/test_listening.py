"""A sentence is heard before a lecture is made."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RENDER_SECONDS, Service
from tests.studio.conftest import is_heard

pytestmark = pytest.mark.slow


def test_the_sentence_at_the_cursor_is_heard_by_a_key(page: Page, service: Service) -> None:
    page.goto(service.url)
    text = page.get_by_label("Text of slide 1")
    expect(page.get_by_role("button", name="Hear a sentence of slide 1")).to_be_enabled()
    text.fill("Packets travel. They arrive in order.")
    text.press("End")
    with page.expect_response(is_heard, timeout=1000 * RENDER_SECONDS) as spoken:
        text.press("Control+Enter")
    answer = spoken.value
    assert answer.request.post_data_json == {"text": "They arrive in order."}
    assert answer.headers["content-type"] == "audio/wav"
    expect(page.get_by_role("button", name="Hear a sentence of slide 1")).to_have_text("Hear it")


def test_what_is_selected_is_heard(page: Page, service: Service) -> None:
    page.goto(service.url)
    text = page.get_by_label("Text of slide 2")
    expect(page.get_by_role("button", name="Hear a sentence of slide 2")).to_be_enabled()
    text.fill("One two three.")
    text.evaluate("field => field.setSelectionRange(4, 7)")
    with page.expect_request("**/speech") as asked:
        page.get_by_role("button", name="Hear a sentence of slide 2").click()
    assert asked.value.post_data_json == {"text": "two"}
