"""What the service itself lacks."""

from __future__ import annotations

from app.errors.base import LectureError


class Busy(LectureError):
    """Too many ask at a time, or the service is being stopped; ask again after a while."""

    code = "busy"
    retryable = True


class StoreBusy(Busy):
    """Others have the job database locked, or all of its connections."""


class DiskFull(LectureError):
    """No space is left where the work or its results go."""

    code = "disk_full"


class StoreFull(DiskFull):
    """No space is left for the job database: nothing can be noted, not even a failure."""


class StoreUnavailable(LectureError):
    """The job database does not answer or is damaged; whoever operates it knows why."""

    code = "store_unavailable"


STORE_FAILURES = (StoreBusy, StoreFull, StoreUnavailable)
"""What keeps the job store from noting anything; its log says it once."""


class ConfigError(LectureError):
    """A setting is wrong; met at start only."""

    code = "bad_config"
