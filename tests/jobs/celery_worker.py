"""``celery -A tests.jobs.celery_worker worker``: a Celery worker with simulated engines."""

from __future__ import annotations

from app.worker.celery_app import Slots, app
from tests.jobs.simulated import WORKSHOP

Slots.workshop = WORKSHOP

__all__ = ["app"]
