"""A picture is taken with the camera: Chromium has one that shows a film of a sample's face."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import imageio_ffmpeg
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.chromium import chromium
from tests.e2e.conftest import SAMPLES, Service, start_service, wait_until_up
from tests.studio.looks import ENGLISH, Looks, looks

pytestmark = pytest.mark.slow

NAME = "studio.test"
"""Of the service, for who comes by plain http from another machine."""

FACE_LEFT = 20
"""Where the sample, 480 pixels wide, lies in what the camera sees, which is 640 wide."""

TRACKS = "tracks"
"""Of all cameras that a page was given."""

NOTES_TRACKS = f"""
    window.{TRACKS} = [];
    if (navigator.mediaDevices) {{
        const given = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = async function (...asked) {{
            const stream = await given.apply(this, asked);
            window.{TRACKS}.push(...stream.getTracks());
            return stream;
        }};
    }}
"""


def film(target: Path) -> Path:
    """A second of the woman's face at the left of a white wall."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-loop", "1", "-framerate", "10"]
    command += ["-i", str(SAMPLES / "lecturer-woman.jpg"), "-t", "1", "-q:v", "2"]
    command += ["-vf", f"scale=480:480,pad=640:480:{FACE_LEFT}:0:white,format=yuvj420p"]
    subprocess.run([*command, "-f", "mjpeg", str(target)], check=True, capture_output=True)
    return target


def options() -> list[str]:
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One with a camera."""
    seen = film(tmp_path_factory.mktemp("camera") / "face.mjpeg")
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={seen}"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=[*options(), *camera])
        yield started
        started.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    """With the checkout's samples, and a name besides."""
    place = tmp_path_factory.mktemp("studio")
    log = place / "service.log"
    more = {
        "VIDEOLECTURE_STORAGE__SAMPLES": "true",
        "VIDEOLECTURE_SERVER__EXAMINE_SECONDS": "60",
        "VIDEOLECTURE_SERVER__HOSTS": f'["{NAME}"]',
    }
    with start_service(place, models, log, more=more) as service:
        wait_until_up(service, log)
        yield service


def aiming(page: Page, service: Service, *, allowed: bool = True) -> Locator:
    """The dialog with the camera."""
    if allowed:
        page.context.grant_permissions(["camera"], origin=service.url)
    page.add_init_script(NOTES_TRACKS)
    page.goto(service.url)
    return opened(page)


def opened(page: Page) -> Locator:
    page.get_by_role("button", name="Take a picture with the camera").click()
    return page.get_by_role("dialog", name="Take a picture")


def taken(dialog: Locator) -> Locator:
    """The button that takes the picture, pressed, and the one that uses it."""
    dialog.get_by_role("button", name="Take it in 3 seconds").click()
    use = dialog.get_by_role("button", name="Use it")
    expect(use).to_be_focused()
    return use


def states(page: Page) -> list[str]:
    """Of the cameras that the page was given: ``live`` or ``ended``."""
    return list(page.evaluate(f"window.{TRACKS}.map((each) => each.readyState)"))


def test_a_picture_that_is_taken_becomes_the_face_as_others_see_it(
    page: Page, service: Service
) -> None:
    dialog = aiming(page, service)
    expect(dialog.get_by_text("Look into the camera")).to_be_visible()
    assert "matrix(-1" in dialog.locator("video").evaluate(
        "each => getComputedStyle(each).transform"
    )
    taken(dialog).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("radio", name="From the camera")).to_be_checked()
    assert states(page) == ["ended"]
    [stored] = page.request.get(f"{service.url}/v1/avatars?limit=1").json()["items"]
    left, _, width, _ = stored["seen"]["box"]
    assert abs(left + width / 2 - (FACE_LEFT + 240)) < 20  # mirrored it would be 380
    picture = Image.open(io.BytesIO(page.request.get(service.url + stored["image"]).body()))
    assert picture.size == (640, 480)


@pytest.mark.proof
def test_a_picture_can_be_taken_again_and_left(page: Page, service: Service) -> None:
    sent: list[str] = []
    page.on("request", lambda each: sent.append(f"{each.method} {each.url}"))
    dialog = aiming(page, service)
    taken(dialog)
    expect(dialog.get_by_role("img", name="The picture that was taken")).to_be_visible()
    dialog.get_by_role("button", name="Again").click()
    take = dialog.get_by_role("button", name="Take it in 3 seconds")
    expect(take).to_be_focused()
    assert states(page) == ["live"]
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert states(page) == ["ended"]
    expect(page.get_by_role("button", name="Take a picture with the camera")).to_be_focused()
    assert f"POST {service.url}/v1/avatars" not in sent


@pytest.mark.proof
def test_who_counts_can_stop(page: Page, service: Service) -> None:
    dialog = aiming(page, service)
    dialog.get_by_role("button", name="Take it in 3 seconds").click()
    expect(dialog.get_by_role("status").filter(has_text="3")).to_be_visible()
    dialog.get_by_role("button", name="Stop counting").click()
    page.wait_for_timeout(4000)
    expect(dialog.get_by_role("button", name="Take it in 3 seconds")).to_be_visible()
    expect(dialog.get_by_role("button", name="Use it")).to_be_hidden()


def test_the_camera_is_switched_off_when_somebody_goes_to_another_page(
    page: Page, service: Service
) -> None:
    page.context.grant_permissions(["camera"], origin=service.url)
    page.add_init_script(NOTES_TRACKS)
    page.goto(f"{service.url}/studio/lectures")
    page.get_by_role("link", name="New lecture").click()
    dialog = opened(page)
    expect(dialog.get_by_text("Look into the camera")).to_be_visible()
    page.go_back()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("heading", name="Lectures", level=1)).to_be_visible()
    assert states(page) == ["ended"]


def test_who_does_not_allow_it_is_told_what_to_do(page: Page, service: Service) -> None:
    dialog = aiming(page, service, allowed=False)
    expect(dialog.get_by_role("alert")).to_contain_text("does not let this page use the camera")
    page.context.grant_permissions(["camera"], origin=service.url)
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog.get_by_role("button", name="Take it in 3 seconds")).to_be_enabled()


@contextmanager
def another_browser(browser: Browser, *more: str) -> Iterator[Page]:
    """One without a camera."""
    started = browser.browser_type.launch(executable_path=chromium(), args=[*options(), *more])
    try:
        page = started.new_context(locale="en-GB", permissions=["camera"]).new_page()
        page.set_default_timeout(60_000)
        yield page
    finally:
        started.close()


def test_where_there_is_no_camera_that_is_said(browser: Browser, service: Service) -> None:
    with another_browser(browser) as page:
        dialog = aiming(page, service, allowed=False)
        expect(dialog.get_by_role("alert")).to_contain_text("No camera is found")


def test_where_browsers_give_no_camera_that_is_said(browser: Browser, service: Service) -> None:
    with another_browser(browser, f"--host-resolver-rules=MAP {NAME} 127.0.0.1") as page:
        page.goto(f"http://{NAME}:{service.address.partition(':')[2]}")
        assert not page.evaluate("isSecureContext")
        told = opened(page).get_by_role("alert")
        expect(told).to_contain_text("https://")
        expect(told.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("looks", looks(ENGLISH[:1], ENGLISH))
def test_nothing_keeps_anybody_from_taking_a_picture(
    page: Page, service: Service, looks: Looks
) -> None:
    looks.begin(page)
    dialog = aiming(page, service)
    expect(dialog.get_by_role("button", name="Take it in 3 seconds")).to_be_enabled()
    looks.check(page)
    taken(dialog)
    looks.check(page)
