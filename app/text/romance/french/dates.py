"""Days and hours in French."""

from __future__ import annotations

from app.text.romance.french.numerals import cardinal
from app.text.romance.language import Dates
from app.text.tables import words

_MONTHS = words(
    """
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    """
)
_SHORT = {
    "janv": 1, "jan": 1, "févr": 2, "fév": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10,
    "nov": 11, "déc": 12,
}  # fmt: skip


def _day(value: int) -> str:
    return "premier" if value == 1 else cardinal(value)


def _time(hours: int, minutes: int, seconds: int | None) -> str:
    """A time of the day.

    >>> _time(14, 30, None), _time(1, 0, None), _time(2, 15, 1)
    ('quatorze heures trente', 'une heure', 'deux heures quinze minutes une seconde')
    """
    spoken = _counted(hours, "heure")
    if seconds is not None:
        return f"{spoken} {_counted(minutes, 'minute')} {_counted(seconds, 'seconde')}"
    return f"{spoken} {cardinal(minutes)}" if minutes else spoken


def _counted(value: int, noun: str) -> str:
    return f"{cardinal(value, 'feminine')} {noun}{'s' if value > 1 else ''}"


DATES = Dates(
    months=_MONTHS,
    short=_SHORT,
    day=_day,
    of="",
    time=_time,
    before_time=frozenset(),
)
