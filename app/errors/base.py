"""What all errors are, and what is none."""

from __future__ import annotations

from typing import ClassVar


class LectureError(Exception):
    """Base of every error this service reports to its caller.

    The message names the thing and the value, in English, and may be shown to the caller.
    """

    code: ClassVar[str] = "internal"
    """Stable and machine-readable; part of the HTTP contract."""

    retryable: ClassVar[bool] = False
    """Whether the same work may succeed if it is simply done again."""

    def __init__(self, message: str = "", *, retry_after: float | None = None) -> None:
        """``retry_after``: seconds to wait, if whoever refused it says so; else others decide."""
        super().__init__(message)
        self.retry_after = retry_after


class Cancelled(BaseException):
    """Raised inside a step once its cancellation was asked for.

    A ``BaseException``, so that an engine's ``except Exception`` cannot swallow it.
    """
