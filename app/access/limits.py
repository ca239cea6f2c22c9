"""How much a tenant may ask for and have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.access import usage
from app.access.buckets import Buckets, Left
from app.errors import QuotaExceeded, TooMany

if TYPE_CHECKING:
    from app.jobs.store.database import Database
    from config import Limits as LimitSettings
    from config import TenantLimits

GIGABYTE = 1e9

SOON_SECONDS = 60.0
"""After which it is worth asking again whether a lecture has ended."""

Stored = Callable[[str], int]
"""Tells how many bytes a tenant has of something."""


class Limits:
    """The limits of all tenants; safe to use from any thread."""

    def __init__(
        self,
        settings: LimitSettings,
        database: Database,
        *,
        stored: Sequence[Stored] = (),
        processes: int = 1,
        buckets: Buckets | None = None,
    ) -> None:
        """Counts nothing yet.

        Args:
            stored: Tell how many bytes a tenant has, each of what the others do not count.
            processes: Among which requests are shared out, each with its share of the limit.
        """
        self._settings = settings
        self._database = database
        self._stored = stored
        self._processes = processes
        self._buckets = buckets or Buckets()

    def of(self, tenant: str) -> TenantLimits:
        """Those of a tenant."""
        return self._settings.of(tenant)

    def take_request(self, tenant: str) -> Left | None:
        """Count a request; ``None`` where any number is allowed."""
        quota = self.of(tenant).requests_per_minute
        if quota is None:
            return None
        return self._buckets.take(tenant, max(1, quota // self._processes))

    def check_lecture(self, tenant: str, seconds: float, size: int, *, is_new: bool = True) -> None:
        """Return when a tenant may have one more lecture made.

        Several that arrive at the same moment may all pass.  Whoever accepts the lecture then
        says so by :meth:`note_lecture`.

        Args:
            seconds: Of its speech, estimated.
            size: Bytes that are kept for it from now on.
            is_new: Not where a lecture that is there is made again.

        Raises:
            TooMany: So many are being made already.
            QuotaExceeded: It has used up its day, its space or its number of lectures.
        """
        mine = self.of(tenant)
        if is_new:
            self._check_kept(tenant, mine.lectures)
        self._check_unfinished(tenant, mine.lectures_at_once)
        self._check_day(tenant, seconds, mine)
        self.check_storage(tenant, size)

    def note_lecture(self, tenant: str, seconds: float) -> None:
        """Count the speech of a lecture that was accepted; removing the lecture takes none back."""
        if self.of(tenant).minutes_per_day is not None:
            usage.note_speech(self._database, tenant, seconds)

    def check_storage(self, tenant: str, size: int) -> None:
        """Return when a tenant may have so many bytes more.

        Raises:
            QuotaExceeded: It may not.
        """
        bound = self.of(tenant).storage_gigabytes
        if bound is None:
            return
        used = self.used_bytes(tenant)
        if used + size > bound * GIGABYTE:
            raise QuotaExceeded(
                f"limits.storage_gigabytes: {used / GIGABYTE:.3f} of {bound:g} GB are used, and "
                f"this takes {size / GIGABYTE:.3f} GB"
            )

    def used_bytes(self, tenant: str) -> int:
        """What counts of a tenant against ``storage_gigabytes``."""
        return sum(stored(tenant) for stored in self._stored)

    def _check_kept(self, tenant: str, most: int | None) -> None:
        if most is not None and usage.kept_lectures(self._database, tenant) >= most:
            raise QuotaExceeded(f"limits.lectures: {most} lectures are kept at most")

    def _check_unfinished(self, tenant: str, most: int | None) -> None:
        if most is not None and usage.unfinished_lectures(self._database, tenant) >= most:
            raise TooMany(
                f"limits.lectures_at_once: {most} lectures are being made",
                retry_after=SOON_SECONDS,
            )

    def _check_day(self, tenant: str, seconds: float, mine: TenantLimits) -> None:
        if mine.minutes_per_day is None:
            return
        bound = 60.0 * mine.minutes_per_day
        told = partial(
            QuotaExceeded,
            f"limits.minutes_per_day: {mine.minutes_per_day:g} minutes of speech are accepted in "
            f"24 hours, and this has about {seconds / 60:.1f}",
        )
        if seconds > bound:
            raise told()
        wait = usage.seconds_until(self._database, tenant, bound - seconds)
        if wait > 0:
            raise told(retry_after=wait)
