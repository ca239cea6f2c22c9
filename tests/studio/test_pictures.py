"""A picture that cannot be used is cropped to a part that can."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Response, expect

from tests.e2e.conftest import SAMPLES, Service
from tests.studio.looks import ENGLISH, Looks, looks

pytestmark = pytest.mark.slow

ORIENTATION = 0x0112
"""EXIF's tag of how the camera was held."""


@pytest.fixture(autouse=True)
def _refusals(forgiven: list[str]) -> None:
    """Each test begins with one."""
    forgiven.append("422 (UNPROCESSABLE")


def group() -> Image.Image:
    """Two people side by side: a woman up to x = 1024, a man from there on."""
    both = Image.new("RGB", (2048, 1024))
    for left, name in ((0, "lecturer-woman"), (1024, "lecturer-man")):
        with Image.open(SAMPLES / f"{name}.jpg") as one:
            both.paste(one, (left, 0))
    return both


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    group().save(tmp_path / "group.jpg", quality=95)
    return tmp_path / "group.jpg"


def refused(page: Page, service: Service, picture: Path) -> Locator:
    """What is said of a picture that somebody has chosen."""
    page.goto(service.url)
    page.get_by_label("Add a face").set_input_files(picture)
    told = page.get_by_role("group", name="Face").get_by_role("alert")
    expect(told).to_be_visible()
    return told


def cropping(page: Page, service: Service, picture: Path) -> Locator:
    """The dialog in which it is cropped."""
    refused(page, service, picture).get_by_role("button", name="Crop the picture").click()
    dialog = page.get_by_role("dialog", name="Crop the picture")
    expect(dialog.get_by_role("slider")).to_be_visible()
    return dialog


def frame_of(dialog: Locator) -> Locator:
    return dialog.get_by_role("slider", name="Part that is used")


def value_of(dialog: Locator) -> tuple[int, int, int, int]:
    """Left, top, width and height, as a screen reader hears them."""
    said = frame_of(dialog).get_attribute("aria-valuetext") or ""
    width, height, left, top = (int(each) for each in re.findall(r"\d+", said))
    return left, top, width, height


def used(page: Page, service: Service, dialog: Locator, name: str = "group") -> Image.Image:
    """The part that is sent, once it is accepted."""
    with page.expect_response(is_of_a_face) as answered:
        dialog.get_by_role("button", name="Use this part").click()
    assert answered.value.status == 201
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("radio", name=name, exact=True).first).to_be_checked()
    stored = answered.value.json()
    assert (stored["name"], stored["media_type"]) == (name, "image/jpeg")
    return Image.open(io.BytesIO(page.request.get(service.url + stored["image"]).body()))


def is_of_a_face(answer: Response) -> bool:
    """Whether the service says what becomes of a picture that was sent."""
    return answer.request.method == "POST" and answer.url.endswith("/v1/avatars")


def place_in(whole: Image.Image, part: Image.Image) -> tuple[int, int]:
    """Where a part was cut out, in pixels; it must be there as it was, and no smaller."""
    found = cv2.matchTemplate(
        np.asarray(whole.convert("RGB")), np.asarray(part.convert("RGB")), cv2.TM_CCOEFF_NORMED
    )
    _, likeness, _, (left, top) = cv2.minMaxLoc(found)
    assert likeness > 0.99
    return left, top


@pytest.mark.parametrize("turned", [False, True], ids=["upright", "turned"])
def test_a_picture_of_two_people_is_cropped_to_the_one_somebody_names(
    page: Page, service: Service, tmp_path: Path, turned: bool
) -> None:
    shown = group()
    stored, exif = shown, Image.Exif()
    if turned:  # as a phone writes it that was held upright
        stored, exif[ORIENTATION] = shown.transpose(Image.Transpose.ROTATE_90), 6
    stored.save(tmp_path / "group.jpg", quality=95, exif=exif)
    told = refused(page, service, tmp_path / "group.jpg")
    expect(told).to_contain_text("The picture shows several faces")
    dialog = cropping(page, service, tmp_path / "group.jpg")
    second = dialog.get_by_role("button", name="Face 2")
    second.click()
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(dialog.get_by_role("button", name="Face 1")).to_have_attribute("aria-pressed", "false")
    left, top, width, height = value_of(dialog)
    part = used(page, service, dialog)
    assert place_in(shown, part) == pytest.approx((left, top), abs=1)
    assert part.size == (width, height)
    assert left > 1024 and width < 1024


def test_a_part_is_chosen_by_keyboard_alone(page: Page, service: Service, picture: Path) -> None:
    refused(page, service, picture)
    page.get_by_role("button", name="Crop the picture").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Face 1")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(frame_of(dialog)).to_be_focused()
    left, top, width, height = value_of(dialog)
    assert left + width <= 1024
    for _ in range(25):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+ArrowLeft")
    step = 2048 // 50 + 1
    across, down = min(left + 25 * step, 2048 - width), max(top - step, 0)
    assert value_of(dialog) == pytest.approx((across, down, width - step, height - step), abs=1)
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name="Use this part")).to_be_focused()
    with page.expect_response(is_of_a_face) as answered:
        page.keyboard.press("Enter")
    assert answered.value.status == 201
    expect(page.get_by_role("alert")).to_be_hidden()


@pytest.mark.proof
def test_a_part_stays_within_the_picture(page: Page, service: Service, picture: Path) -> None:
    dialog = cropping(page, service, picture)
    frame_of(dialog).focus()
    for _ in range(60):
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("Shift+ArrowDown")
    assert value_of(dialog) == (0, 0, 2048, 1024)
    for _ in range(60):
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Shift+ArrowUp")
        page.keyboard.press("ArrowLeft")
    assert value_of(dialog) == (0, 0, 64, 64)


def test_a_part_is_chosen_with_the_mouse(page: Page, service: Service, picture: Path) -> None:
    dialog = cropping(page, service, picture)
    dialog.get_by_role("button", name="Face 1").click()
    before = value_of(dialog)
    frame = frame_of(dialog).bounding_box()
    whole = dialog.get_by_role("img", name="The whole picture").bounding_box()
    assert frame is not None and whole is not None
    scale = 2048 / whole["width"]
    middle = (frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    drag(page, middle, (middle[0] + 1000 / scale, middle[1]))
    moved = value_of(dialog)
    assert moved == pytest.approx((before[0] + 1000, before[1], *before[2:]), abs=scale)
    corner = (frame["x"] + 1000 / scale + 5, frame["y"] + 5)
    drag(page, corner, (corner[0] + 60 / scale, corner[1] + 40 / scale))
    left, top, width, height = value_of(dialog)
    assert (left, top) == pytest.approx((moved[0] + 60, moved[1] + 40), abs=8 * scale)
    assert left + width == pytest.approx(moved[0] + moved[2], abs=2)
    assert top + height == pytest.approx(moved[1] + moved[3], abs=2)
    part = used(page, service, dialog)
    assert place_in(group(), part) == pytest.approx((left, top), abs=1)


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=5)
    page.mouse.up()


def test_a_face_that_is_outlined_can_be_clicked(
    page: Page, service: Service, picture: Path
) -> None:
    dialog = cropping(page, service, picture)
    dialog.get_by_role("button", name="Face 1").click()
    dialog.locator(".crop-face").nth(1).click()
    expect(dialog.get_by_role("button", name="Face 2")).to_have_attribute("aria-pressed", "true")


def test_a_face_too_small_to_be_found_in_a_large_picture_is_cut_out(
    page: Page, service: Service, tmp_path: Path
) -> None:
    large = Image.new("RGB", (4800, 3600), "#8899aa")
    with Image.open(SAMPLES / "lecturer-woman.jpg") as one:
        large.paste(one.resize((200, 200)), (2400, 1800))
    large.save(tmp_path / "hall.jpg", quality=95)
    told = refused(page, service, tmp_path / "hall.jpg")
    expect(told).to_contain_text("No face can be found")
    dialog = cropping(page, service, tmp_path / "hall.jpg")
    frame_of(dialog).focus()
    for _ in range(20):
        page.keyboard.press("Shift+ArrowLeft")
    for _ in range(14):
        page.keyboard.press("Shift+ArrowUp")
    for _ in range(11):
        page.keyboard.press("ArrowRight")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    left, top, width, height = value_of(dialog)
    assert left <= 2400 and left + width >= 2600 and top <= 1800 and top + height >= 2000
    part = used(page, service, dialog, "hall")
    assert part.size == (width, height)  # as many pixels as the camera had


@pytest.mark.proof
def test_a_picture_that_comes_at_a_busy_moment_is_sent_again_by_a_button(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("503 (Service Unavailable)")
    busy = {"title": "Busy", "status": 503, "code": "busy", "detail": "too many ask"}
    page.route(
        "**/v1/avatars",
        lambda route: route.fulfill(
            status=503, content_type="application/problem+json", body=json.dumps(busy)
        ),
        times=1,
    )
    told = refused(page, service, SAMPLES / "lecturer-woman.jpg")
    expect(told).to_contain_text("too many ask")
    told.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("radio", name="lecturer-woman")).to_be_checked()
    expect(told).to_be_hidden()


def test_what_no_crop_can_mend_offers_none(page: Page, service: Service, tmp_path: Path) -> None:
    Image.new("RGB", (600, 600), "teal").save(tmp_path / "nobody.png")
    told = refused(page, service, tmp_path / "nobody.png")
    expect(told).to_contain_text("No face can be found")
    expect(told.get_by_role("button")).to_have_count(0)


def test_a_picture_that_only_the_service_can_open_is_said_to_be_one(
    page: Page, service: Service, tmp_path: Path
) -> None:
    group().save(tmp_path / "group.tiff")
    told = refused(page, service, tmp_path / "group.tiff")
    told.get_by_role("button", name="Crop the picture").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("Save it as JPEG")


def test_who_leaves_the_dialog_is_where_it_came_from(
    page: Page, service: Service, picture: Path
) -> None:
    dialog = cropping(page, service, picture)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Crop the picture")).to_be_focused()


@pytest.mark.parametrize("looks", looks(ENGLISH[:1], ENGLISH))
def test_nothing_keeps_anybody_from_cropping(
    page: Page, service: Service, picture: Path, looks: Looks
) -> None:
    looks.begin(page)
    dialog = cropping(page, service, picture)
    looks.check(page)
    inside = dialog.evaluate("each => each.scrollWidth - each.clientWidth")
    assert inside == 0
