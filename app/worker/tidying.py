"""What a worker clears away now and then: what has expired, and what nobody asks for any more."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from app.bootstrap import Services
from app.errors import Busy, JobConflict
from app.examiner import Examiner
from app.intake import lectures, removing, stored
from app.jobs.store import needed
from app.library import sweeping
from app.steps.utterance import UTTERANCE

if TYPE_CHECKING:
    from app.jobs.store.store import Store
    from config import Settings

log = logging.getLogger(__name__)

LECTURES_AT_ONCE = 20
PREVIEWS_AT_ONCE = 100

UTTERANCES_AT_ONCE = 500

SAID_SECONDS = 24 * 3600.0
"""How long a sentence that was spoken for somebody can be asked for by its id."""


def tidy(settings: Settings, store: Store) -> None:
    """Clear away a part of it; what is left is for the next time.

    Raises:
        StoreUnavailable: The database does not answer.
    """
    services = Services(settings, store, Examiner())  # of which nothing is asked
    swept = sweeping.sweep(services.library, services.uploads, dry_run=False)
    if swept.total.number:
        log.info("library swept files=%d bytes=%d", swept.total.number, swept.total.size)
    removed = lectures.remove_due(services, LECTURES_AT_ONCE)
    if removed:
        log.info("expired lectures removed number=%d", removed)
    lost = lectures.remove_lost(services, LECTURES_AT_ONCE)
    if lost:
        log.info("lectures that were half removed forgotten number=%d", lost)
    lost = stored.remove_lost(services, PREVIEWS_AT_ONCE)
    if lost:
        log.info("previews of what is gone removed number=%d", lost)
    _forget_what_was_said(services)
    services.repeats.forget_old()
    services.sessions.forget_old()


def _forget_what_was_said(services: Services) -> None:
    """Sentences that somebody wanted to hear: their sound goes as other artifacts do."""
    with services.store.database.read() as connection:
        old = needed.ended_jobs(connection, UTTERANCE, SAID_SECONDS, UTTERANCES_AT_ONCE)
    for key in old:
        with suppress(Busy, JobConflict):  # it is wanted again just now
            removing.forget(key, services, kind=UTTERANCE)
