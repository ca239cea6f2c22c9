"""The page for people, as Chromium has it: the first picture, the first lecture, typing, shifts."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

import config
from benchmarks.chaos.findings import percentile
from tests.browser.chromium import chromium
from tests.e2e.conftest import Service, start_service, wait_until_up

SLIDES = 60
WORDS_OF_SLIDE = 120
KEYS = 300
KEY_PAUSE_MS = 30
PAGES = ("/", "/studio/lectures", "/studio/library", "/studio/service")
SETTLED_MS = 4000
FIRST_SECONDS = 300.0

_WATCHED = """
window.measured = { shift: 0, delays: [], frames: [] };
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) measured.shift += each.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) {
    if (each.name !== "keydown" && each.name !== "input") continue;
    measured.delays.push(each.processingStart - each.startTime);
    measured.frames.push(each.duration);
  }
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
"""Layout shifts that no input made, and events that took longer than a frame."""


def measure() -> Iterator[dict[str, object]]:
    """The service is new, with an empty data folder and real engines."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with _service(Path(folder)) as service:
            yield {"case": "first lecture", **_first_lecture(started, service)}
            yield {"case": "first visit", **_first_visit(started, service)}
            for path in PAGES:
                yield {"case": f"shift {path}", **_shift(started, service, path)}
            yield {"case": f"typing in {SLIDES} slides", **_typing(started, service)}
        started.close()


@contextmanager
def _service(place: Path) -> Iterator[Service]:
    log = place / "service.log"
    more = {"VIDEOLECTURE_STORAGE__SAMPLES": "true"}
    with start_service(place, config.load().paths.models, log, more=more) as service:
        wait_until_up(service, log)
        yield service


@contextmanager
def _page(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """A page of a browser that was never here."""
    context: BrowserContext = browser.new_context(
        locale="en-GB", viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.add_init_script(_WATCHED)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    try:
        yield page, session
    finally:
        context.close()


def _first_lecture(browser: Browser, service: Service) -> dict[str, object]:
    """From the first look at a new service to the first fragment that plays."""
    with _page(browser) as (page, _):
        opened = time.monotonic()
        page.goto(service.url)
        button = page.get_by_role("button", name="Make the lecture")
        page.wait_for_selector("button.primary:not([disabled])", timeout=1000 * FIRST_SECONDS)
        ready = time.monotonic()
        button.click()
        clicked = time.monotonic()
        page.get_by_label("Play fragment 1").wait_for(timeout=1000 * FIRST_SECONDS)
        shown = time.monotonic()
        while float(page.evaluate("document.querySelector('video').currentTime")) < 0.1:
            time.sleep(0.02)
        playing = time.monotonic()
        lecture = page.url.rpartition("/")[2]
        page.get_by_role("link", name="Video (MP4)").wait_for(timeout=1000 * FIRST_SECONDS)
        done = time.monotonic()
        shift = page.evaluate("measured.shift")
    told = service.get(f"/v1/lectures/{lecture}")
    return {
        "clicks": 1,
        "ready_s": round(ready - opened, 1),
        "shown_s": round(shown - clicked, 1),
        "playing_s": round(playing - clicked, 1),
        "done_s": round(done - clicked, 1),
        "fragments": sum(len(each["fragments"]) for each in told["slides"]),
        "shift": round(shift, 4),
    }


def _first_visit(browser: Browser, service: Service) -> dict[str, object]:
    """What comes over the wire until the first picture is there."""
    with _page(browser) as (page, session):
        received: dict[str, int] = {}
        kinds: dict[str, str] = {}
        session.on(
            "Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]})
        )
        session.on(
            "Network.loadingFinished",
            lambda told: received.update({told["requestId"]: told["encodedDataLength"]}),
        )
        begun = time.monotonic()
        page.goto(service.url)
        page.wait_for_selector(".face img")
        while not page.evaluate("document.querySelector('.face img').complete"):
            time.sleep(0.01)
        seen = time.monotonic()
        page.wait_for_timeout(200)
        pictures = [size for key, size in received.items() if kinds.get(key) in ("Image", "Media")]
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return {
        "before_pictures_kb": round((sum(received.values()) - sum(pictures)) / 1000, 1),
        "pictures_kb": round(sum(pictures) / 1000, 1),
        "requests": len(received),
        "first_paint_ms": round(paint),
        "first_picture_ms": round(1000 * (seen - begun)),
    }


def _shift(browser: Browser, service: Service, path: str) -> dict[str, object]:
    with _page(browser) as (page, _):
        page.goto(service.url + path)
        page.wait_for_timeout(SETTLED_MS)
        return {"shift": round(page.evaluate("measured.shift"), 4)}


def _typing(browser: Browser, service: Service) -> dict[str, object]:
    """Every key is an event; those faster than a frame are not told, and count as 16 ms."""
    with _page(browser) as (page, _):
        page.goto(service.url)
        page.wait_for_selector("button.primary:not([disabled])")
        sentence = "Every packet carries a number and an address. "
        slide = sentence * (WORDS_OF_SLIDE // len(sentence.split()))
        page.get_by_label("Text of slide 1").fill("_;".join([slide] * SLIDES))
        page.wait_for_selector(f".card:nth-child({SLIDES})")
        page.wait_for_timeout(SETTLED_MS)
        page.get_by_label(f"Text of slide {SLIDES // 2}").click()
        page.evaluate("measured.delays.length = measured.frames.length = measured.shift = 0")
        for number in range(KEYS):
            page.keyboard.press("a" if number % 6 else "Space")
            page.wait_for_timeout(KEY_PAUSE_MS)
        page.wait_for_timeout(1000)
        told: dict[str, list[float]] = page.evaluate("measured")
        shift: float = page.evaluate("measured.shift")
    return {
        "keys": KEYS,
        "delay_p95_ms": _p95(told["delays"], 0.0),
        "to_the_next_frame_p95_ms": _p95(told["frames"], 16.0),
        "slower_than_a_frame": len(told["frames"]),
        "slowest_ms": max(told["frames"], default=16.0),
        "shift": round(shift, 4),
    }


def _p95(told: list[float], usual: float) -> float:
    """Of all key events, of which the fast ones are not told."""
    events = 2 * KEYS
    return round(percentile([*told, *[usual] * max(0, events - len(told))], 0.95), 1)
