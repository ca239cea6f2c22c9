"""What a worker clears away now and then: what has expired, and what nobody asks for any more."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from app.bootstrap import Services
from app.examiner import Examiner
from app.intake import lectures
from app.library import sweeping

if TYPE_CHECKING:
    from app.jobs.store.store import Store
    from config import Settings

log = logging.getLogger(__name__)

LECTURES_AT_ONCE = 20


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
    services.repeats.forget_old()
