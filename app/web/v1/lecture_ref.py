"""Which lecture a caller names: one of the API, or one that an LMS has asked for by paths."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app import ids
from app.access.keys import DEFAULT_TENANT
from app.errors import JobNotFound
from app.intake import LMS
from app.jobs.store.job import JobKey

PREFIX = "lec"

_OF_LMS = r"lms-(?P<number>-?(?:0|[1-9][0-9]{0,18}))"

PATTERN = rf"{PREFIX}_{ids.PATTERN}|{_OF_LMS.replace('?P<number>', '?:')}"


@dataclass(frozen=True, slots=True)
class LectureRef:
    """A lecture by its name."""

    number: int
    """Of its job."""
    of_lms: bool = False
    """Whether ``POST /generate`` made it."""

    def __str__(self) -> str:
        """As callers name it.

        >>> str(LectureRef(7, of_lms=True)), str(LectureRef(7))
        ('lms-7', 'lec_0000000000007')
        """
        return f"lms-{self.number}" if self.of_lms else ids.told(PREFIX, self.number)

    def key(self, tenant: str) -> JobKey:
        """Its job, as far as the tenant may see it.

        Raises:
            JobNotFound: Lectures of an LMS are seen by the tenant of this machine only.
        """
        if not self.of_lms:
            return JobKey(tenant, self.number)
        if tenant != DEFAULT_TENANT:
            raise JobNotFound(f"no lecture is called {str(self)!r}")
        return JobKey(LMS, self.number)


def read(shown: str) -> LectureRef:
    """The lecture of that name.

    >>> read("lms--3")
    LectureRef(number=-3, of_lms=True)

    Raises:
        JobNotFound: It can be the name of none.
    """
    of_lms = re.fullmatch(_OF_LMS, shown, re.ASCII)
    if of_lms is not None and -(2**63) <= int(of_lms["number"]) < 2**63:
        return LectureRef(int(of_lms["number"]), of_lms=True)
    number = ids.number_of(PREFIX, shown)
    if number is None:
        raise JobNotFound(f"no lecture is called {shown[:80]!r}")
    return LectureRef(number)
