"""What is stored is looked through, called otherwise, removed and had back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

import config
from app import bootstrap, ids
from app.library.items import Kind, New
from tests.e2e.conftest import SAMPLES, Service, start_service, wait_until_up
from tests.process.family import wait_until
from tests.studio.conftest import SECONDS

pytestmark = pytest.mark.slow

TALKS = 105
"""Ready recordings: more than a page of the API holds."""

SEEN: dict[str, Any] = {
    "width": 1024,
    "height": 768,
    "box": [332, 258, 361, 361],
    "yaw": 30.0,
    "pitch": 0.0,
    "roll": 0.0,
    "warnings": ["the face is turned 30 degrees to the right; up to 20 are good"],
}
HEARD: dict[str, Any] = {
    "seconds": 9.24,
    "speech_seconds": 7.1,
    "level_db": -41.0,
    "snr_db": 18.0,
    "pitch_hz": 190.0,
    "warnings": ["it was recorded on a Monday"],
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    """With things in its library, and without a worker: nothing is made here."""
    place = tmp_path_factory.mktemp("library")
    log = place / "service.log"
    services = _services(place)
    services.store.migrate()
    for number in range(1, TALKS + 1):
        lasts = {"seconds": 60.0 * number, "warnings": []}
        _store(services, Kind.RECORDING, f"Talk {number}", lasts)
    for name in ("Anna", "Boris", "Vera"):
        _store(services, Kind.AVATAR, name, SEEN)
    _store(services, Kind.VOICE, "Anna's voice", HEARD, language="en")
    services.store.close()
    with start_service(place, models, log, command="serve") as service:
        wait_until_up(service, log)
        yield service


def _services(place: Path) -> bootstrap.Services:
    """The same that the service uses."""
    settings = config.load(
        paths={"roots": [str(place)], "data": str(place / "data")},
        jobs={"database_url": f"sqlite:///{place / 'data' / 'jobs.db'}"},
    )
    return bootstrap.services(settings)


def _make_preview(service: Service, face: str) -> None:
    """Do what a worker would; nobody looks at the clip."""
    services = _services(service.place)
    item = services.library.find(Kind.AVATAR, "default", ids.number_of("av", face) or 0)
    folder = services.library.preview(item)
    (folder / "thumbnail.jpg").write_bytes((SAMPLES / "lecturer-man.jpg").read_bytes())
    (folder / "preview.mp4").write_bytes(b"clip")
    services.store.close()


def _store(
    services: bootstrap.Services,
    kind: Kind,
    name: str,
    seen: dict[str, Any],
    language: str | None = None,
) -> None:
    file = "lecturer-woman.jpg" if kind is Kind.AVATAR else "voice.wav"
    with services.library.staging() as private:
        writer = private.writer("sent", 10_000_000)
        writer.write((SAMPLES / file).read_bytes())
        new = New(kind, "default", name, [], seen, language=language)
        services.library.add(new, writer.finish())


def card(page: Page, name: str) -> Locator:
    """The card of what is called so."""
    named = page.get_by_role("heading", level=3, name=name, exact=True)
    return page.get_by_role("listitem").filter(has=named)


def stored(page: Page, service: Service, kind: str, name: str) -> dict[str, Any]:
    """The same as the API tells it."""
    (found,) = page.request.get(f"{service.url}/v1/{kind}", params={"q": name}).json()["items"]
    return dict(found)


def open_library(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/studio/library")
    expect(card(page, "Anna's voice")).to_be_visible()
    expect(card(page, "Talk 1")).to_be_attached()
    expect(page.get_by_role("heading", level=3).first).to_be_visible()


def test_what_was_seen_and_heard_is_told_in_plain_words(page: Page, service: Service) -> None:
    open_library(page, service)
    face, voice = card(page, "Boris"), card(page, "Anna's voice")
    expect(face).to_contain_text("1024 × 768 pixels")
    expect(face).to_contain_text("The head is turned to the right by 30°. Look into the camera.")
    expect(voice).to_contain_text("English")
    expect(voice).to_contain_text("9.2 s, of them 7.1 s of speech")
    expect(voice).to_contain_text("quiet; it is made louder")
    expect(voice).to_contain_text("some noise")
    expect(voice.get_by_text("it was recorded on a Monday")).to_have_attribute("lang", "en")
    expect(card(page, "Talk 61")).to_contain_text("1:01:00")

    page.get_by_label("Language").select_option("ru")
    expect(card(page, "Boris")).to_contain_text("Голова повёрнута вправо на 30°.")
    expect(card(page, "Anna's voice")).to_contain_text("английский")


def test_a_face_gets_another_name_in_its_place(page: Page, service: Service) -> None:
    open_library(page, service)
    card(page, "Boris").get_by_role("button", name="Rename").click()
    field = page.get_by_label("Name", exact=True)
    expect(field).to_be_focused()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.type("Boris the Bold")
    page.keyboard.press("Enter")
    expect(card(page, "Boris the Bold")).to_be_visible()
    expect(card(page, "Boris the Bold").get_by_role("button", name="Rename")).to_be_focused()

    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("Nobody")
    page.keyboard.press("Escape")
    expect(card(page, "Boris the Bold")).to_be_visible()
    page.reload()
    expect(card(page, "Boris the Bold")).to_be_visible()
    card(page, "Boris the Bold").get_by_role("button", name="Rename").click()
    page.get_by_label("Name", exact=True).fill("Boris")
    page.get_by_role("button", name="Save").click()
    expect(card(page, "Boris")).to_be_visible()


def test_who_names_what_another_has_named_meanwhile_is_told_and_may_insist(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("412 (PRECONDITION FAILED)")
    open_library(page, service)
    voice = stored(page, service, "voices", "Anna's voice")["id"]
    path = f"{service.url}/v1/voices/{voice}"
    card(page, "Anna's voice").get_by_role("button", name="Rename").click()
    field = page.get_by_label("Name", exact=True)
    expect(field).to_be_focused()
    field.fill("Mine")
    assert page.request.patch(path, data={"name": "Theirs"}).ok
    page.keyboard.press("Enter")
    told = page.get_by_role("alert").filter(has_text="Somebody else")
    expect(told).to_contain_text("“Theirs”")
    expect(field).to_have_value("Mine")
    assert page.request.get(path).json()["name"] == "Theirs"

    page.keyboard.press("Escape")
    expect(card(page, "Theirs")).to_be_visible()
    card(page, "Theirs").get_by_role("button", name="Rename").click()
    expect(field).to_have_value("Theirs")
    field.fill("Mine")
    assert page.request.patch(path, data={"name": "Theirs again"}).ok
    page.keyboard.press("Enter")
    expect(told).to_contain_text("“Theirs again”")
    field.fill("Anna's voice")
    page.keyboard.press("Enter")
    expect(card(page, "Anna's voice")).to_be_visible()
    assert page.request.get(path).json()["name"] == "Anna's voice"


def test_a_name_that_cannot_be_saved_stays_in_its_field(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("ERR_FAILED")
    open_library(page, service)
    card(page, "Anna").get_by_role("button", name="Rename").click()
    field = page.get_by_label("Name", exact=True)
    field.fill("Anna the Great")
    page.route("**/v1/avatars/*", lambda route: route.abort())
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(field).to_have_value("Anna the Great")


def test_what_is_removed_by_mistake_is_had_back_by_keyboard(page: Page, service: Service) -> None:
    open_library(page, service)
    card(page, "Talk 104").get_by_role("button", name="Remove").focus()
    page.keyboard.press("Enter")
    expect(card(page, "Talk 104")).to_be_hidden()
    expect(card(page, "Talk 103").get_by_role("button", name="Remove")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="“Talk 104” is removed.")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(card(page, "Talk 104").get_by_role("button", name="Remove")).to_be_focused()
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


def test_what_is_removed_is_gone_even_if_somebody_leaves_at_once(
    page: Page, service: Service
) -> None:
    open_library(page, service)
    path = f"{service.url}/v1/recordings/{stored(page, service, 'recordings', 'Talk 105')['id']}"
    card(page, "Talk 105").get_by_role("button", name="Remove").click()
    page.get_by_role("link", name="Lectures", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Lectures")).to_be_visible()
    page.get_by_role("link", name="Faces and voices").click()
    expect(card(page, "Talk 104")).to_be_visible()
    expect(card(page, "Talk 105")).to_be_hidden()
    page.goto("about:blank")
    wait_until(lambda: page.request.get(path).status == 404, SECONDS)


def test_a_face_that_lectures_use_comes_back_and_says_which(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("409 (CONFLICT)")
    open_library(page, service)
    lecture = {
        "title": "Letters in a network",
        "avatar": stored(page, service, "avatars", "Vera")["id"],
        "voice": stored(page, service, "voices", "Anna's voice")["id"],
        "slides": [{"text": "Good morning."}],
    }
    made = page.request.post(f"{service.url}/v1/lectures", data=lecture)
    assert made.ok, made.text()
    card(page, "Vera").get_by_role("button", name="Remove").click()
    expect(card(page, "Vera")).to_be_hidden()
    told = card(page, "Vera").get_by_role("alert")
    expect(told).to_contain_text("lectures use it")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    told.get_by_role("link", name="Letters in a network").click()
    expect(page).to_have_url(re.compile(f"/studio/lectures/{made.json()['id']}$"))


def test_long_lists_are_there_as_a_whole_and_are_searched(page: Page, service: Service) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_library(page, service)
    talks = page.get_by_role("region", name="Ready recordings")
    told = page.request.get(f"{service.url}/v1/recordings?limit=100").json()
    rest = page.request.get(
        f"{service.url}/v1/recordings", params={"limit": 100, "cursor": told["next_cursor"]}
    ).json()
    count = 100 + len(rest["items"])
    assert count > 100
    expect(talks.get_by_role("heading", level=3)).to_have_count(count)
    assert len([url for url in asked if "/v1/recordings?" in url]) == 2

    page.get_by_label("Search by name").fill("tALK 4")
    expect(talks.get_by_role("heading", level=3)).to_have_count(11)
    expect(page.get_by_role("status").filter(has_text="11 of")).to_be_visible()
    expect(card(page, "Anna")).to_be_hidden()
    page.get_by_label("Search by name").fill("Vera")
    expect(card(page, "Vera")).to_be_visible()
    expect(page.get_by_text("Nothing here has that in its name.")).to_have_count(2)
    page.get_by_label("Search by name").fill("")
    expect(card(page, "Anna")).to_be_visible()


def test_what_is_added_is_there_at_once_and_looked_at_again_while_it_is_unfinished(
    page: Page, service: Service, forgiven: list[str], tmp_path: Path
) -> None:
    forgiven.append("422 (UNPROCESSABLE")
    open_library(page, service)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(4000)
    assert [url for url in asked if "/v1/" in url and "?" in url] == []  # nothing is unfinished

    page.get_by_label("Add a face").set_input_files(SAMPLES / "lecturer-man.jpg")
    own = card(page, "lecturer-man")
    expect(own).to_contain_text("The preview is being made…")
    expect(page.get_by_role("heading", level=3).first).to_have_text("lecturer-man")
    _make_preview(service, stored(page, service, "avatars", "lecturer-man")["id"])
    expect(own.get_by_role("button", name="Show how lecturer-man moves")).to_be_visible()
    expect(own).not_to_contain_text("being made")
    page.get_by_label("Add a recording").set_input_files(SAMPLES / "voice.wav")
    expect(card(page, "voice").get_by_role("button", name="Play")).to_be_visible()
    (tmp_path / "notes.wav").write_text("not a sound")
    page.get_by_label("Add a voice").set_input_files(tmp_path / "notes.wav")
    expect(page.get_by_role("region", name="Voices").get_by_role("alert")).to_be_visible()


def test_a_list_that_cannot_be_read_says_so_beside_the_others(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("ERR_FAILED")
    page.route("**/v1/voices?*", lambda route: route.abort())
    page.goto(f"{service.url}/studio/library")
    voices = page.get_by_role("region", name="Voices")
    expect(voices.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(card(page, "Anna")).to_be_visible()
    page.unroute("**/v1/voices?*")
    voices.get_by_role("button", name="Try again").click()
    expect(card(page, "Anna's voice")).to_be_visible()
    expect(voices.get_by_role("alert")).to_be_hidden()
