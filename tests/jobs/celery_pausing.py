"""The same as :mod:`tests.jobs.celery_worker` with engines that obey the text."""

from __future__ import annotations

from app.worker.celery_app import Slots, app
from tests.jobs.stand_ins import WORKSHOP

Slots.workshop = WORKSHOP

__all__ = ["app"]
