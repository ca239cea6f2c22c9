"""A face and a voice of one's own."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import soundfile
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from app.portrait import FaceFinder, read_picture
from benchmarks.pictures.covers import surgical_mask
from tests.e2e.conftest import SAMPLES, Service

pytestmark = pytest.mark.slow


def test_a_face_of_ones_own_is_chosen_as_soon_as_it_is_looked_at(
    page: Page, service: Service
) -> None:
    page.goto(service.url)
    page.get_by_label("Add a face").set_input_files(SAMPLES / "lecturer-woman.jpg")
    own = page.get_by_role("radio", name="lecturer-woman")
    expect(own).to_be_checked()
    page.reload()
    expect(page.get_by_role("radio", name="lecturer-woman")).to_be_checked()


def refused(page: Page, picture: Path) -> Locator:
    """What is said beside a face that cannot be used."""
    page.get_by_label("Add a face").set_input_files(picture)
    return page.get_by_role("group", name="Face").get_by_role("alert")


def test_a_picture_without_a_face_is_refused_in_a_sentence_beside_it(
    page: Page, service: Service, forgiven: list[str], tmp_path: Path
) -> None:
    forgiven.append("422 (UNPROCESSABLE")
    page.goto(service.url)
    page.get_by_label("Text of slide 1").fill("What I typed.")
    Image.new("RGB", (600, 600), "teal").save(tmp_path / "nobody.png")
    expect(refused(page, tmp_path / "nobody.png")).to_contain_text("looks at the camera")
    expect(page.get_by_label("Text of slide 1")).to_have_value("What I typed.")


def test_a_face_behind_a_mask_is_refused_by_what_is_wrong_with_it(
    page: Page, service: Service, forgiven: list[str], tmp_path: Path
) -> None:
    forgiven.append("422 (UNPROCESSABLE")
    portrait = read_picture(SAMPLES / "lecturer-man-tie.jpg")
    masked = surgical_mask(portrait, FaceFinder().find(portrait).landmarks, (200, 170, 110))
    cv2.imwrite(str(tmp_path / "masked.png"), masked)
    page.goto(service.url)
    told = refused(page, tmp_path / "masked.png")
    expect(told).to_contain_text("no hand, mask or microphone may be before it")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened(
    page: Page, service: Service, forgiven: list[str], tmp_path: Path
) -> None:
    forgiven.append("422 (UNPROCESSABLE")
    Image.new("1", (25_000, 16_000)).save(tmp_path / "huge.png")
    page.goto(service.url)
    told = refused(page, tmp_path / "huge.png")
    expect(told).to_contain_text("25000 x 16000 pixels, more than the 200 megapixels")


def test_a_large_file_goes_on_where_it_stopped_when_the_network_was_gone(
    page: Page, service: Service, forgiven: list[str], tmp_path: Path
) -> None:
    forgiven.append("ERR_CONNECTION_FAILED")
    spoken, rate = soundfile.read(SAMPLES / "voice.wav", dtype="float32")
    soundfile.write(tmp_path / "talk.wav", np.tile(spoken, 25), rate)
    size = (tmp_path / "talk.wav").stat().st_size
    assert size > 6_000_000  # several portions
    offsets: list[int] = []
    is_gone = False

    def carry(route: Route) -> None:
        nonlocal is_gone
        is_portion = route.request.method == "PATCH"
        if is_portion:
            is_gone = is_gone or len(offsets) == 1
            offsets.append(int(route.request.headers["upload-offset"]))
        if is_gone:
            route.abort("connectionfailed")
        else:
            route.continue_()

    page.route("**/v1/uploads/*", carry)
    page.goto(f"{service.url}/studio/library")
    page.get_by_label("Add a recording").set_input_files(tmp_path / "talk.wav")
    told = page.get_by_role("region", name="Ready recordings").get_by_role("alert")
    expect(told).to_contain_text("The service cannot be reached.")
    is_gone, offsets[:] = False, [0, 0]
    told.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=3, name="talk")).to_be_visible()
    expect(told).to_be_hidden()
    assert offsets[2] == 2_000_000  # what had arrived is not sent a second time
    assert offsets[2:] == sorted(offsets[2:])


def test_a_voice_is_added_and_a_silent_one_refused(
    page: Page, service: Service, forgiven: list[str], tmp_path: Path
) -> None:
    forgiven.append("422 (UNPROCESSABLE")
    page.goto(service.url)
    voices = page.get_by_role("group", name="Voice")
    soundfile.write(tmp_path / "silence.wav", np.zeros(160_000, np.float32), 16_000)
    page.get_by_label("Add a voice").set_input_files(tmp_path / "silence.wav")
    expect(voices.get_by_role("alert")).to_be_visible()
    page.get_by_label("Add a voice").set_input_files(SAMPLES / "voice.wav")
    expect(voices.get_by_role("radio", name="voice", exact=True)).to_be_checked()
    expect(voices.get_by_role("alert")).to_be_hidden()
