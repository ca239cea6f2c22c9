"""What does not go with the caller, or with what is there."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors.base import LectureError


class NotFound(LectureError):
    """Nothing of that name, or nothing that the caller may see."""

    code = "not_found"


class JobNotFound(NotFound):
    """No lecture has that id."""

    code = "job_not_found"


class Unauthenticated(LectureError):
    """The caller shows no key, or one that is unknown, expired or revoked."""

    code = "unauthenticated"


class Forbidden(LectureError):
    """The caller's key does not allow it."""

    code = "forbidden"


class Conflict(LectureError):
    """What is asked for does not go with what is there."""

    code = "conflict"


class InUse(Conflict):
    """Something else needs what is to be removed.

    Args:
        lectures: Some of those that need it, as callers name them.
    """

    code = "in_use"

    def __init__(self, message: str, *, lectures: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.lectures = tuple(lectures)


class PreconditionFailed(Conflict):
    """It has changed since the caller looked at it."""

    code = "precondition_failed"


class KeyReused(Conflict):
    """An Idempotency-Key was used for another request."""

    code = "idempotency_key_reused"


class TooLarge(LectureError):
    """More bytes than are taken."""

    code = "body_too_large"


class TooMany(LectureError):
    """More than the caller is allowed at the moment; less so a little later."""

    code = "too_many_requests"
    retryable = True


class QuotaExceeded(TooMany):
    """More than the caller is allowed to have."""

    code = "quota_exceeded"


class JobConflict(LectureError):
    """The id is being generated from other input; cancel it or wait."""

    code = "job_conflict"
