"""A voice is recorded in the browser, whose microphone hears a file."""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright
from scipy.signal import correlate

from app.media.audio import resample
from tests.browser.chromium import chromium
from tests.e2e.conftest import SAMPLES, Service, start_service, wait_until_up
from tests.studio.looks import EVERY, Looks, looks

if TYPE_CHECKING:
    from app.ports.sound import Samples

pytestmark = pytest.mark.slow

RATE = 48_000
"""Hertz, of what microphones hear; a browser may open them at another rate."""

TRIES = 4

PLAIN_HTTP = "studio.example"
"""A name that leads here, and that no browser trusts as it does the loopback."""

KEPT_STREAMS = """
window.streams = [];
const ask = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = async function (...asked) {
  const stream = await ask.apply(this, asked);
  window.streams.push(stream);
  return stream;
};
"""
"""Has a page keep what it hears by, so that a test can look at it."""

NAMES = {
    "en": ("Record your voice", "Record", "Stop", "Use it", "Record again"),
    "ru": ("Записать свой голос", "Записать", "Стоп", "Использовать", "Записать ещё раз"),
}

OPEN_STREAMS = """window.streams.flatMap((each) => each.getTracks())
  .filter((each) => each.readyState === 'live').length"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    """Without a worker: nothing else keeps the machine from listening."""
    place = tmp_path_factory.mktemp("recording")
    more = {"VIDEOLECTURE_SERVER__HOSTS": f'["{PLAIN_HTTP}"]'}
    log = place / "service.log"
    with start_service(place, models, log, command="serve", more=more) as service:
        wait_until_up(service, log)
        yield service


@pytest.fixture(scope="module")
def speech() -> Samples:
    """Somebody who says the same again and again, for longer than anything is recorded here."""
    said, rate = soundfile.read(SAMPLES / "voice.wav", dtype="float32")
    pause = np.zeros(RATE // 2, np.float32)
    return np.tile(np.concatenate([resample(said, rate, RATE), pause]), 10)


@pytest.fixture
def heard(request: pytest.FixtureRequest) -> str:
    """What a microphone hears: ``speech``, ``whisper`` or ``silence``.

    ``forbidden``: speech, and nobody has allowed the page to hear it. ``nothing``: there is none.
    """
    return str(getattr(request, "param", "speech"))


@pytest.fixture
def browser(heard: str, speech: Samples, tmp_path: Path) -> Iterator[Browser]:
    """One whose microphones, if it has any, hear a file."""
    loudness = {"silence": 0.0, "whisper": 0.002}.get(heard, 1.0)
    soundfile.write(tmp_path / "heard.wav", loudness * speech, RATE, "PCM_16")
    options = [
        f"--host-resolver-rules=MAP {PLAIN_HTTP} 127.0.0.1",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ]
    if heard != "nothing":
        options.append("--use-fake-device-for-media-stream")
        options.append(f"--use-file-for-fake-audio-capture={tmp_path / 'heard.wav'}%noloop")
    if heard != "forbidden":
        options.append("--use-fake-ui-for-media-stream")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=options)
        yield started
        started.close()


def opened(page: Page, service: Service) -> Locator:
    """The dialog that records a voice."""
    page.goto(service.url)
    page.get_by_role("button", name="Record your voice").click()
    return page.get_by_role("dialog", name="Record your voice")


def record(dialog: Locator, seconds: int) -> None:
    """So much, and hardly more."""
    dialog.get_by_role("button", name="Record", exact=True).click()
    expect(dialog.get_by_role("timer")).to_contain_text(f"0:0{seconds} ")
    dialog.get_by_role("button", name="Stop").click()
    expect(dialog.get_by_label("Your recording")).to_be_visible()


def stored(service: Service) -> list[dict[str, object]]:
    """Voices, newest first."""
    items: list[dict[str, object]] = service.get("/v1/voices")["items"]
    return items


def sample_of(page: Page, service: Service, voice: dict[str, object]) -> tuple[Samples, int]:
    """What is stored of a voice, and its rate."""
    return read(page.request.get(f"{service.url}{voice['sample']}").body())


def read(content: bytes) -> tuple[Samples, int]:
    """Samples and rate of a file, which is one as every browser is to make it."""
    about = soundfile.info(io.BytesIO(content))
    assert (about.format, about.subtype, about.channels) == ("WAV", "PCM_16", 1)
    assert len(content) == 44 + 2 * about.frames
    samples, rate = soundfile.read(io.BytesIO(content), dtype="float32")
    return samples, rate


def faults(recorded: Samples, rate: int, speech: Samples) -> list[str]:
    """What makes a recording another sound than what was said."""
    said = resample(speech, RATE, rate)
    start = int(np.argmax(correlate(said, recorded, "valid", "fft")))
    meant = said[start : start + recorded.size]
    gain = float(recorded @ meant / (meant @ meant))
    # A gap moves all that follows it, so that what is left is as loud as the speech itself.
    left = recorded - gain * meant
    share = float(np.sqrt(np.mean(left**2) / np.mean(meant**2)))
    told = {
        f"another level: factor {gain:.2f}": abs(20 * np.log10(abs(gain))) >= 1.0,
        f"something else is heard: {share:.4f} of it": share >= 0.01,
        f"a moment is another: {np.abs(left).max():.3f}": np.abs(left).max() >= 0.01,
    }
    return [fault for fault, is_so in told.items() if is_so]


def test_a_voice_is_stored_and_chosen(page: Page, service: Service) -> None:
    dialog = opened(page, service)
    record(dialog, 9)
    expect(dialog.get_by_role("status")).to_contain_text("0:09 recorded. It is loud enough.")
    dialog.get_by_role("button", name="Use it").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("radio", name=re.compile("^My voice, "))).to_be_checked()
    expect(page.get_by_role("button", name="Record your voice")).to_be_focused()
    voice = stored(service)[0]
    recorded, rate = sample_of(page, service, voice)
    told = voice["heard"]
    assert isinstance(told, dict)
    assert 9.0 <= recorded.size / rate < 12.0
    assert told["seconds"] == pytest.approx(recorded.size / rate, abs=0.1)
    assert told["warnings"] == []
    assert voice["language"] == "en"


@pytest.mark.proof
def test_what_is_stored_is_what_was_spoken_from_its_first_to_its_last_moment(
    page: Page, service: Service, speech: Samples
) -> None:
    found: list[list[str]] = []
    while [] not in found:
        # The browser's own microphone has gaps where the machine has no time for it.
        assert len(found) < TRIES, found
        dialog = opened(page, service)
        record(dialog, 6)
        dialog.get_by_role("button", name="Use it").click()
        expect(dialog).to_be_hidden()
        found.append(faults(*sample_of(page, service, stored(service)[0]), speech))


@pytest.mark.proof
def test_a_recording_ends_by_itself_after_a_minute(page: Page, service: Service) -> None:
    dialog = opened(page, service)
    dialog.get_by_role("button", name="Record", exact=True).click()
    expect(dialog.get_by_role("status")).to_contain_text("ended by itself", timeout=120_000)
    dialog.get_by_role("button", name="Use it").click()
    expect(dialog).to_be_hidden()
    recorded, rate = sample_of(page, service, stored(service)[0])
    assert recorded.size == 60 * rate
    assert np.abs(recorded.reshape(6, -1)).max(axis=1).min() > 0.5


def test_it_is_done_by_keys_alone_and_the_microphone_is_released(
    page: Page, service: Service
) -> None:
    page.add_init_script(KEPT_STREAMS)
    dialog = opened(page, service)
    start = dialog.get_by_role("button", name="Record", exact=True)
    expect(start).to_be_focused()
    expect(dialog.get_by_role("status")).to_have_text("Good")
    assert page.evaluate(OPEN_STREAMS) == 1
    page.keyboard.press("Space")
    expect(dialog.get_by_role("timer")).to_have_text("0:02 of 1:00")
    page.keyboard.press("Space")
    expect(dialog.get_by_label("Your recording")).to_be_focused()
    assert page.evaluate(OPEN_STREAMS) == 0
    page.get_by_role("button", name="Record again").press("Enter")
    expect(start).to_be_enabled()
    assert page.evaluate(OPEN_STREAMS) == 1
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate(OPEN_STREAMS) == 0


@pytest.mark.proof
def test_less_than_five_seconds_are_not_enough_and_it_is_said_why(
    page: Page, service: Service
) -> None:
    dialog = opened(page, service)
    record(dialog, 2)
    use = dialog.get_by_role("button", name="Use it")
    expect(use).to_be_disabled()
    expect(use).to_have_accessible_description(re.compile("At least 5 seconds are needed"))
    dialog.get_by_role("button", name="Record again").click()
    record(dialog, 5)
    expect(use).to_be_enabled()


@pytest.mark.parametrize("heard", ["silence"], indirect=True)
def test_a_silent_recording_is_refused_in_words_and_is_not_lost(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("422 (UNPROCESSABLE")
    before = stored(service)
    dialog = opened(page, service)
    expect(dialog.get_by_role("status")).to_contain_text("Say something")
    record(dialog, 5)
    expect(dialog.get_by_role("status")).to_contain_text("Nothing is heard in it.")
    dialog.get_by_role("button", name="Use it").click()
    expect(dialog.get_by_role("alert")).to_contain_text("not stored, since nothing is heard")
    expect(dialog.get_by_role("button", name="Try again")).to_be_enabled()
    assert stored(service) == before
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Record your voice").click()
    expect(dialog.get_by_role("status")).to_contain_text("0:05 recorded.")
    dialog.get_by_role("button", name="Record again").click()
    expect(dialog.get_by_role("button", name="Record", exact=True)).to_be_enabled()


@pytest.mark.proof
def test_a_service_that_is_gone_loses_no_recording(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("ERR_FAILED")
    dialog = opened(page, service)
    record(dialog, 6)
    page.route("**/v1/voices", lambda route: route.abort())
    dialog.get_by_role("button", name="Use it").click()
    expect(dialog.get_by_role("alert")).to_contain_text("your recording is kept here")
    page.unroute("**/v1/voices")
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("radio", name=re.compile("^My voice, ")).first).to_be_checked()


@pytest.mark.proof
def test_a_voice_in_noise_is_kept_with_an_advice_until_it_is_recorded_again(
    page: Page, service: Service
) -> None:
    def with_noise(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["heard"] |= {"snr_db": 8.0, "warnings": ["the speech is only 8 dB above the noise"]}
        route.fulfill(response=answer, json=told)

    page.route("**/v1/voices", with_noise)
    before = stored(service)
    dialog = opened(page, service)
    record(dialog, 5)
    dialog.get_by_role("button", name="Use it").click()
    expect(dialog.get_by_role("alert")).to_contain_text("noise is heard behind it")
    assert len(stored(service)) == len(before) + 1
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        dialog.get_by_role("button", name="Record again").click()
    assert stored(service) == before


@pytest.mark.proof
@pytest.mark.parametrize("heard", ["whisper"], indirect=True)
def test_whoever_is_too_quiet_is_told_while_speaking(page: Page, service: Service) -> None:
    dialog = opened(page, service)
    expect(dialog.get_by_role("status")).to_contain_text("Too quiet")


@pytest.mark.parametrize("heard", ["forbidden"], indirect=True)
def test_a_microphone_that_nobody_has_allowed_is_told_and_asked_for_again(
    page: Page, service: Service
) -> None:
    dialog = opened(page, service)
    expect(dialog.get_by_role("alert")).to_contain_text("may not hear the microphone")
    page.context.grant_permissions(["microphone"])
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog.get_by_role("button", name="Record", exact=True)).to_be_enabled()


@pytest.mark.parametrize("heard", ["nothing"], indirect=True)
def test_that_there_is_no_microphone_is_told(page: Page, service: Service) -> None:
    dialog = opened(page, service)
    expect(dialog.get_by_role("alert")).to_contain_text("No microphone is found")
    expect(dialog.get_by_role("button", name="Record", exact=True)).to_be_disabled()


def test_an_address_that_browsers_do_not_trust_is_told(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    address = service.url.replace("127.0.0.1", PLAIN_HTTP)
    forgiven.append(f"asks another host: {address}")
    page.goto(address)
    page.get_by_role("button", name="Record your voice").click()
    expect(page.get_by_role("alert")).to_contain_text("https")


@pytest.mark.proof
def test_a_microphone_that_is_unplugged_leaves_what_it_heard(page: Page, service: Service) -> None:
    unplug = """() => {
      const [track] = window.streams.at(-1).getTracks();
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }"""
    page.add_init_script(KEPT_STREAMS)
    dialog = opened(page, service)
    start = dialog.get_by_role("button", name="Record", exact=True)
    expect(start).to_be_enabled()
    page.evaluate(unplug)
    expect(dialog.get_by_role("alert")).to_contain_text("The microphone is gone")
    dialog.get_by_role("button", name="Try again").click()
    start.click()
    expect(dialog.get_by_role("timer")).to_have_text("0:05 of 1:00")
    page.evaluate(unplug)
    expect(dialog.get_by_role("status")).to_contain_text("what it heard until then is kept")
    expect(dialog.get_by_role("button", name="Use it")).to_be_enabled()


@pytest.mark.proof
def test_another_microphone_is_chosen(page: Page, service: Service) -> None:
    page.add_init_script(KEPT_STREAMS)
    dialog = opened(page, service)
    choice = dialog.get_by_label("Microphone")
    expect(choice.get_by_role("option")).not_to_have_count(0)
    other = choice.get_by_role("option").last.get_attribute("value")
    assert other and choice.input_value() != other
    choice.select_option(other)
    expect(dialog.get_by_role("button", name="Record", exact=True)).to_be_enabled()
    used = "window.streams.at(-1).getTracks()[0].getSettings().deviceId"
    assert page.evaluate(used) == other
    assert page.evaluate(OPEN_STREAMS) == 1
    expect(choice).to_have_value(other)


def test_the_sound_of_a_slide_is_recorded_to_its_own_text(page: Page, service: Service) -> None:
    page.goto(service.url)
    page.get_by_role("button", name="Record your voice").wait_for()
    page.evaluate("""async () => {
      const styles = document.querySelector('link[rel=stylesheet]').href;
      const { recordSound } = await import(new URL('parts/recorder.js', styles));
      const text = 'What stands on slide 2.';
      window.sound = recordSound({ text, name: 'Slide 2', mostSeconds: 3 });
    }""")
    dialog = page.get_by_role("dialog", name="Record what is said")
    expect(dialog.get_by_text("What stands on slide 2.")).to_be_visible()
    dialog.get_by_role("button", name="Record", exact=True).click()
    expect(dialog.get_by_role("status")).to_contain_text("ended by itself after 0:03")
    dialog.get_by_role("button", name="Use it").click()
    expect(dialog).to_be_hidden()
    name, packed = page.evaluate("""async () => {
      const file = await window.sound;
      return [file.name, btoa(Array.from(new Uint8Array(await file.arrayBuffer()),
        (each) => String.fromCharCode(each)).join(''))];
    }""")
    recorded, rate = read(base64.b64decode(packed))
    assert (name, recorded.size) == ("Slide 2.wav", 3 * rate)
    assert np.abs(recorded).max() > 0.5


@pytest.mark.parametrize("looks", looks([EVERY[0]], [EVERY[-1]]))
def test_nothing_keeps_anybody_from_recording(
    page: Page, service: Service, forgiven: list[str], looks: Looks
) -> None:
    forgiven.append("ERR_FAILED")
    opens, start, stop, use, again = NAMES[looks.language]
    looks.begin(page)
    page.goto(service.url)
    page.get_by_role("button", name=opens).click()
    dialog = page.get_by_role("dialog", name=opens)
    expect(dialog.get_by_role("button", name=start, exact=True)).to_be_enabled()
    expect(dialog.get_by_role("option")).not_to_have_count(0)
    looks.check(page)
    dialog.get_by_role("button", name=start, exact=True).click()
    expect(dialog.get_by_role("timer")).to_contain_text("0:02 ")
    looks.check(page)
    dialog.get_by_role("button", name=stop).click()
    expect(dialog.get_by_role("button", name=use)).to_be_disabled()
    looks.check(page)
    dialog.get_by_role("button", name=again).click()
    dialog.get_by_role("button", name=start, exact=True).click()
    expect(dialog.get_by_role("timer")).to_contain_text("0:05 ")
    dialog.get_by_role("button", name=stop).click()
    page.route("**/v1/voices", lambda route: route.abort())
    dialog.get_by_role("button", name=use).click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    looks.check(page)
