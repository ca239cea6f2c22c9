"""Days and hours in Italian."""

from __future__ import annotations

from app.text.romance.italian.numerals import cardinal
from app.text.romance.language import Dates
from app.text.tables import words

_SHORT = {
    "gen": 1, "genn": 1, "feb": 2, "febb": 2, "febbr": 2, "mar": 3, "apr": 4, "mag": 5, "magg": 5,
    "giu": 6, "lug": 7, "ago": 8, "set": 9, "sett": 9, "ott": 10, "nov": 11, "dic": 12,
}  # fmt: skip


def _day(value: int) -> str:
    return "primo" if value == 1 else cardinal(value)


def _time(hours: int, minutes: int, seconds: int | None) -> str:
    """A time of the day; with seconds, how long something lasts.

    >>> _time(14, 30, None), _time(1, 0, None), _time(2, 15, 1)
    ('quattordici e trenta', 'una', 'due ore quindici minuti e un secondo')
    """
    if seconds is not None:
        parts = (
            _counted(hours, "ora", "ore"),
            _counted(minutes, "minuto", "minuti"),
            _counted(seconds, "secondo", "secondi"),
        )
        return f"{parts[0]} {parts[1]} e {parts[2]}"
    hour = "una" if hours == 1 else cardinal(hours)
    return f"{hour} e {cardinal(minutes)}" if minutes else hour


def _counted(value: int, one: str, many: str) -> str:
    if value == 1:
        return f"{cardinal(1, 'feminine' if one == 'ora' else 'masculine', one)} {one}"
    return f"{cardinal(value)} {many}"


def _ranged(first: str, last: str, before: str = "", *, years: bool = False) -> str:
    """Times from one hour to another.

    >>> _ranged("nove", "dodici"), _ranged("una", "tre"), _ranged("nove", "dodici", "dalle")
    ('dalle nove alle dodici', "dall'una alle tre", 'nove alle dodici')
    """
    del years
    to = "all'una" if last == "una" else f"alle {last}"
    if before == "dalle":
        return f"{first} {to}"
    return f"dall'una {to}" if first == "una" else f"dalle {first} {to}"


DATES = Dates(
    months=words(
        """
        gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre
        dicembre
        """
    ),
    short=_SHORT,
    day=_day,
    of="",
    time=_time,
    ranged=_ranged,
    eras=frozenset(words("a.C a d.C d av")),
    at=frozenset(words("all dall")),
    before_time=frozenset(words("h alle dalle ore le all' dall' alla")),
)
"""How Italian says days and hours."""
