"""The text of a lecture is written, put in order, heard, and taken from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.conftest import RENDER_SECONDS, SAMPLES, Service
from tests.studio.conftest import is_heard

pytestmark = pytest.mark.slow


@pytest.fixture
def page(page: Page, service: Service) -> Page:
    """Where a lecture is written, with the example's two slides."""
    page.goto(service.url)
    expect(page.get_by_role("button", name="Make the lecture")).to_be_enabled()
    return page


def write(page: Page, *texts: str) -> None:
    """Have slides with these texts and no others."""
    page.get_by_label("Text of slide 1").fill("_;".join(texts))
    while page.locator(".card").count() > len(texts):
        page.get_by_role("button", name=f"Remove slide {len(texts) + 1}").click()


def texts(page: Page) -> list[str]:
    return [each.input_value() for each in page.locator(".card textarea").all()]


def cursor(field: Locator, place: int) -> None:
    field.focus()
    field.evaluate(f"field => field.setSelectionRange({place}, {place})")


def test_the_sign_between_slides_makes_slides(page: Page) -> None:
    write(page, "One.", "Two.", "Three.")
    assert texts(page) == ["One.", "Two.", "Three."]


def test_a_slide_is_split_at_the_cursor_and_joined_again(page: Page) -> None:
    write(page, "One. Two.")
    cursor(page.get_by_label("Text of slide 1"), 4)
    page.keyboard.press("Control+Shift+Enter")
    assert texts(page) == ["One.", "Two."]
    expect(page.get_by_label("Text of slide 2")).to_be_focused()
    page.get_by_role("button", name="Join slide 1 with slide 2").click()
    assert texts(page) == ["One.\n\nTwo."]
    page.get_by_role("button", name="Undo").last.click()
    assert texts(page) == ["One.", "Two."]


def test_a_text_of_paragraphs_becomes_a_slide_for_each(page: Page) -> None:
    write(page, "One.\n\nTwo,\nand on.\n\n\nThree.")
    page.get_by_role("button", name="Make a slide of each of the 3 paragraphs of slide 1").click()
    expect(page.locator(".card textarea")).to_have_count(3)
    assert texts(page) == ["One.", "Two,\nand on.", "Three."]
    page.get_by_role("button", name="Undo").last.click()
    expect(page.locator(".card textarea")).to_have_count(1)


def test_slides_change_places_by_mouse_and_by_key(page: Page) -> None:
    write(page, "One.", "Two.", "Three.")
    page.locator(".handle").nth(0).drag_to(page.locator(".card").nth(2))
    assert texts(page) == ["Two.", "Three.", "One."]
    cursor(page.get_by_label("Text of slide 3"), 0)
    page.keyboard.press("Alt+ArrowUp")
    assert texts(page) == ["Two.", "One.", "Three."]
    expect(page.get_by_label("Text of slide 2")).to_be_focused()
    page.get_by_role("button", name="Move slide 2 up").click()
    assert texts(page) == ["One.", "Two.", "Three."]
    expect(page.get_by_role("button", name="Move slide 1 down")).to_be_visible()


def test_a_slide_that_was_removed_comes_back(page: Page) -> None:
    write(page, "One.", "Two.", "Three.")
    page.get_by_role("button", name="Remove slide 2").click()
    assert texts(page) == ["One.", "Three."]
    expect(page.get_by_label("Text of slide 2")).to_be_focused()
    page.get_by_role("button", name="Undo").last.click()
    assert texts(page) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    "content",
    [
        b"One.\n\n Two,\n_;\n\n_;  Three.\n",
        "\ufeffРаз.\r\nДва._;Три.".encode(),
        b"",
    ],
    ids=["blanks", "windows", "nothing"],
)
def test_a_file_is_taken_and_given_back_unchanged(
    page: Page, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "lecture.txt").write_bytes(content)
    page.get_by_label("Open a text file").set_input_files(tmp_path / "lecture.txt")
    expect(page.locator(".card")).to_have_count(content.count(b"_;") + 1)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a text file").click()
    assert saved.value.suggested_filename.endswith(".txt")
    assert Path(saved.value.path()).read_bytes() == content


def test_a_file_of_an_old_encoding_is_read(page: Page, tmp_path: Path) -> None:
    page.get_by_label("Language").select_option("ru")
    (tmp_path / "old.txt").write_bytes("Привет.".encode("cp1251"))
    page.get_by_label("Открыть текстовый файл").set_input_files(tmp_path / "old.txt")
    expect(page.locator(".card textarea")).to_have_value("Привет.")


def test_what_is_said_otherwise_is_shown_and_can_be_said_in_another_way(
    page: Page, service: Service
) -> None:
    write(page, "In 1974 there was no nginx.")
    saying = page.get_by_role("button", name="1974 is said as nineteen seventy four")
    expect(saying).to_be_visible()
    field = page.get_by_label("Text of slide 1")
    field.evaluate("field => field.setSelectionRange(21, 26)")
    page.get_by_role("button", name="Say a word of slide 1 otherwise").click()
    dialog = page.get_by_role("dialog", name="Say a word otherwise")
    expect(dialog.get_by_label("What is written")).to_have_value("nginx")
    dialog.get_by_label("What is to be said").fill("engine ex")
    with page.expect_response(is_heard, timeout=1000 * RENDER_SECONDS) as heard:
        dialog.get_by_role("button", name="Hear it").click()
    assert heard.value.request.post_data_json == {
        "text": "nginx",
        "lexicon": 'en:\n  "nginx": "engine ex"\n',
    }
    dialog.get_by_role("button", name="Say it so").click()
    respelt = page.get_by_role("button", name="nginx is said as engine ex")
    expect(respelt).to_be_visible()
    page.reload()
    expect(respelt).to_be_visible()


def test_a_recording_takes_the_place_of_a_text(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("404 (NOT FOUND)")  # the lecture is removed while it is shown
    write(page, "One.", "Two.")
    page.get_by_role("button", name="Use a recording on slide 2").click()
    dialog = page.get_by_role("dialog", name="A recording for slide 2")
    dialog.get_by_label("Choose a recording").set_input_files(SAMPLES / "voice.wav")
    card = page.locator(".card").nth(1)
    expect(card.get_by_text("Recording: voice")).to_be_visible()
    expect(dialog).to_be_hidden()
    with page.expect_response(lambda each: each.url.endswith("/v1/lectures")) as made:
        page.get_by_role("button", name="Make the lecture").click()
    assert made.value.status == 202
    sent: Any = made.value.request.post_data_json
    assert [list(each) for each in sent["slides"]] == [["text"], ["audio"]]
    page.request.delete(f"{service.url}/v1/lectures/{made.value.json()['id']}")


def test_a_recording_that_is_stored_is_offered_and_the_text_comes_back(
    page: Page, service: Service
) -> None:
    file = FilePayload(
        name="greeting.wav", mimeType="audio/wav", buffer=(SAMPLES / "voice.wav").read_bytes()
    )
    page.request.post(f"{service.url}/v1/recordings", multipart={"sound": file})
    write(page, "One.")
    page.get_by_role("button", name="Use a recording on slide 1").click()
    page.get_by_role("button", name="Use greeting").click()
    expect(page.get_by_text("Recording: greeting")).to_be_visible()
    page.get_by_role("button", name="Use a text for slide 1 again").click()
    assert texts(page) == ["One."]


def test_a_text_without_words_is_told_at_its_slide(page: Page, forgiven: list[str]) -> None:
    forgiven.append("422 (UNPROCESSABLE")
    write(page, "…", "A")
    page.get_by_role("button", name="Remove slide 2").click()
    page.get_by_role("button", name="Make the lecture").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert texts(page) == ["…"]


def test_a_text_of_a_megabyte_with_markup_stays_in_the_page(
    page: Page, forgiven: list[str]
) -> None:
    forgiven.append("422 (UNPROCESSABLE")
    long = "<b>Packets</b> travel <script>alert(1)</script>alone. " * 20_000
    page.get_by_label("Text of slide 1").fill(long)
    page.get_by_role("button", name="Make the lecture").click()
    expect(page.get_by_role("alert").first).to_contain_text("divide it into several lectures")
    assert texts(page)[0] == long


def test_how_it_looks_can_be_chosen(page: Page, service: Service, forgiven: list[str]) -> None:
    forgiven.append("404 (NOT FOUND)")  # the lecture is removed while it is shown
    page.get_by_text("How it looks").click()
    page.get_by_label("Size").select_option("256")
    page.get_by_label("Keep the head calm").check()
    page.get_by_label("Title").fill("My networks")
    with page.expect_response(lambda each: each.url.endswith("/v1/lectures")) as made:
        page.get_by_role("button", name="Make the lecture").click()
    sent: Any = made.value.request.post_data_json
    assert (sent["title"], sent["size"], sent["still"]) == ("My networks", 256, True)
    assert "preprocess" not in sent
    page.request.delete(f"{service.url}/v1/lectures/{made.value.json()['id']}")
