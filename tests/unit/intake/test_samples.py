"""The samples of the checkout are in the library once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

import config
from app import bootstrap
from app.errors import Busy
from app.examiner.seen import FaceSeen
from app.intake import samples
from app.library.items import Item, Kind, Wanted
from tests import stores
from tests.web.conftest import StandInExaminer, settings

__all__ = ["settings"]


@pytest.fixture
def services(settings: config.Settings) -> Iterator[bootstrap.Services]:
    store = stores.opened(settings)
    yield bootstrap.Services(settings, store, StandInExaminer())  # type: ignore[arg-type]  # stand-in
    store.close()


def keep(services: bootstrap.Services) -> None:
    samples.keep(services, threading.Event())


def kept(services: bootstrap.Services, kind: Kind = Kind.AVATAR) -> list[Item]:
    return services.library.page(kind, "default", Wanted(limit=100))


def test_faces_and_a_voice_are_there(services: bootstrap.Services) -> None:
    keep(services)
    assert [item.name for item in kept(services)] == ["Woman", "Man", "Man with a tie"]
    (voice,) = kept(services, Kind.VOICE)
    assert (voice.origin, voice.tags, voice.media_type) == ("sample", ("sample",), "audio/wav")
    assert len(services.store.active("default")) == 4  # workers show all of them


def test_a_removed_one_does_not_come_back(services: bootstrap.Services) -> None:
    keep(services)
    services.library.remove(kept(services)[0])
    keep(services)
    assert len(kept(services)) == 2


def test_two_workers_at_once_keep_them_once(services: bootstrap.Services) -> None:
    threads = [threading.Thread(target=keep, args=(services,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept(services)) == 3


def test_one_that_is_refused_does_not_keep_the_others_out(services: bootstrap.Services) -> None:
    services.examiner.refused["face"] = "no face"  # type: ignore[attr-defined]  # of the stand-in
    keep(services)
    assert kept(services) == []
    assert len(kept(services, Kind.VOICE)) == 1


def test_who_is_told_to_come_back_does(
    services: bootstrap.Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "AGAIN_SECONDS", 0.0)

    @dataclass
    class BusyAtFirst(StandInExaminer):
        turned_away: int = 0

        def see_face(self, *args: Any, **more: Any) -> FaceSeen:
            if self.turned_away < 2:
                self.turned_away += 1
                raise Busy
            return super().see_face(*args, **more)

    patient = bootstrap.Services(services.settings, services.store, BusyAtFirst())  # type: ignore[arg-type]  # stand-in
    keep(patient)
    assert len(kept(services)) == 3


def test_nothing_begins_once_there_is_no_more_time(services: bootstrap.Services) -> None:
    stopping = threading.Event()
    stopping.set()
    samples.keep(services, stopping)
    assert kept(services) == []


def test_an_administrator_may_do_without_them(services: bootstrap.Services) -> None:
    storage = services.settings.storage.model_copy(update={"samples": False})
    settings = services.settings.model_copy(update={"storage": storage})
    with samples.being_kept(settings):
        pass
    assert kept(services) == []
