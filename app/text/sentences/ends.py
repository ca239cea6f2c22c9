"""Whether a word that ends in a full stop, a question or an exclamation mark ends its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.text.sentences.full_stops import BY_LANGUAGE, words_of
from app.text.sentences.places import CLOSING, INITIAL, OPENING, ROMAN, Place

_END = re.compile(rf"(?P<core>.*?)(?P<mark>[.!?…]+)(?P<closed>(?:[{re.escape(CLOSING)}]|\[\d+\])*)")

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_LIST_MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[^\W\d_]")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,3}[.\-–]+)+[^\W\d_]{1,3}")
_LABEL = re.compile(r"[([]?\d.*|[A-ZА-ЯΑ-Ω]\d*|[IVXLC]+|[α-ω]|[№#]\d+")
_ELISION = re.compile(r"(?:d|l|n|qu|un|all|dell|dall|nell|sull)['’](?=\w)")
_VOWELLESS = re.compile(r"(?!(.)\1+$)[b-df-hj-np-tv-xz]{2,5}")
_WHOLE_WORD = re.compile(r"[^\W\d_]{4,}[.!?]")
_ARTICLES = frozenset({"A", "I", "А", "В", "И", "К", "О", "С", "У", "Я"})
_DASH = re.compile(r"[—–]|-{2,}")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")

_RUSSIAN_TIMES = frozenset({"г", "гг", "в", "вв"})
"""Years and centuries when a number stands before them; "г. Москва" is a town."""
_FEW = re.compile(r"\d{1,2}|\d+[.,]\d+")
"""Before "г." a weight: of years there are more."""
_RUSSIAN_UNITS = frozenset({"см", "с", "п"})
_GERMAN_ORDINAL_BEFORE = words_of("am im vom zum beim der die das dem den des bis seit ab")
_GERMAN_ORDINAL_AFTER = re.compile(
    r"Jahrhundert\w*|Kapitel\w*|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober"
    r"|November|Dezember"
)


def sentence_sizes(words: Sequence[str], language: str) -> Iterator[int]:
    """How many words each sentence has, in order; they add up to all of them.

    Args:
        words: Of the text, by its white space.
        language: One of :data:`app.text.sentences.full_stops.BY_LANGUAGE`.
    """
    rules = BY_LANGUAGE[language]
    small = rules.begins_small or _is_written_small(words)
    first = 0
    for place in range(len(words)):
        last = place + 1 == len(words)
        if last or _is_end(Place(words, first, place, language, rules, small)):
            yield place + 1 - first
            first = place + 1


def _is_written_small(words: Sequence[str]) -> bool:
    """Whether most sentences of a text begin with small letters, as in hasty notes."""
    begins = [after[0] for word, after in pairwise(words) if _WHOLE_WORD.fullmatch(word)]
    small = sum(letter.islower() for letter in begins)
    return small > 1 and small > len(begins) / 2


def _is_end(at: Place) -> bool:
    match = _END.fullmatch(at.marked())
    if match is None or at.is_closed_by_next():
        return False
    if at.in_brackets():
        return False
    mark, quoted = match["mark"], bool(match["closed"])
    if at.kind() == "small" and (quoted or not _small_may_begin(at, mark)):
        return False
    if "…" in mark or ".." in mark:
        return at.kind() != "sign" and (bool(match["core"]) or at.kind() == "capital")
    if mark != ".":
        return _after_a_call(at, match["core"], quoted=quoted)
    core = _DASH.split(match["core"])[-1].lstrip(OPENING)
    if _is_list_marker(at, core):
        return False
    if quoted and at.kind() == "capital" and match["closed"][0] != "[":
        return True
    return _after_a_full_stop(at, core)


def _small_may_begin(at: Place, mark: str) -> bool:
    return at.begins_small and "…" not in mark and ".." not in mark


def _after_a_call(at: Place, core: str, *, quoted: bool) -> bool:
    """Behind a question or exclamation mark, which may be a factorial or part of a name."""
    if at.kind() == "small":
        return len(core) > 2 and core[-1:].isalpha() and not core[:1].isupper()
    if quoted and at.kind() == "capital" and at.names_a_work():
        return at.begins_a_sentence()
    return at.kind() != "sign" or len(core) > 2


def _after_a_full_stop(at: Place, core: str) -> bool:
    if not core:
        return at.kind() == "capital"
    if _NUMBER.fullmatch(core):
        return _after_a_number(at)
    following = at.following().rstrip(",:;!?" + CLOSING)
    # "т. е." and "M. A.", but not "5 m. A man".
    if following.endswith(".") and _joined(at, core + ".", following.rstrip(".")):
        return False
    name = _name(at, core)
    if at.goes_on_with_a_figure() and (_is_known(at, name) or name in _RUSSIAN_TIMES):
        return False
    if at.language == "ru" and name in _RUSSIAN_TIMES and at.counts():
        grams = name == "г" and _FEW.fullmatch(at.before()) is not None
        return at.kind() == "capital" and (grams or at.place - at.first > 2)
    if name in at.rules.leading:
        return _after_leading(at, name)
    if name in at.rules.numbered:
        return not (at.kind() in ("small", "number") or _is_labelled(at))
    if name in at.rules.loose:
        return at.kind() == "capital"
    if not any(map(str.isalnum, core)):
        return True  # a sign, "450 ₽.", stands for a word and shortens none
    if len(core) == 1:
        return _after_a_letter(at, core)
    if at.language == "de" and ROMAN.fullmatch(core):
        return at.begins_a_sentence()
    if _ACRONYM.fullmatch(core):
        return at.kind() == "capital" and at.begins_a_sentence()
    return not (at.kind() == "small" and _is_unknown_abbreviation(at, core))


def _is_unknown_abbreviation(at: Place, core: str) -> bool:
    """Whether no vowel, "bldg", or a number before it, "5 gal", tells that it is short."""
    if _VOWELLESS.fullmatch(core):
        return True
    return len(core) <= 3 and core.islower() and at.before()[:1].isdigit()


def _name(at: Place, core: str) -> str:
    """The abbreviation as the tables have it: that of "т. е." and "z. B." in one piece."""
    joined = _joined(at, at.before(), core)
    if joined:
        return joined
    # A capital alone is an initial, not one of the short words: "С. Иванов", "с. 5".
    if _is_known(at, core) or (len(core) == 1 and core.isupper()):
        return core
    return _ELISION.sub("", core.lower())


def _joined(at: Place, first: str, second: str) -> str:
    """Two letters as one abbreviation, if they are one."""
    if not re.fullmatch(r"[^\W\d_]{1,2}\.", first):
        return ""
    joined = (first + second).lower()
    return joined if _is_known(at, joined) else ""


def _is_known(at: Place, name: str) -> bool:
    rules = at.rules
    return name in rules.leading or name in rules.numbered or name in rules.loose


def _is_list_marker(at: Place, core: str) -> bool:
    """Whether the word numbers what follows; behind a question it rather answers it."""
    if at.place != at.first or not _LIST_MARKER.fullmatch(core):
        return False
    answers = at.place > 0 and "?" in at.words[at.place - 1]
    return not (answers and (core[0].isdigit() or core in ("I", "Я")))


def _after_a_number(at: Place) -> bool:
    if at.language != "de":
        return True
    if _GERMAN_ORDINAL_AFTER.match(at.following()):
        return False
    return at.before().lower() not in _GERMAN_ORDINAL_BEFORE or at.begins_a_sentence()


def _after_leading(at: Place, name: str) -> bool:
    if at.kind() != "capital":
        return False
    if name in _RUSSIAN_UNITS and at.counts():
        return True
    # The short ones are words too: "Main St. The", "дай им. Потом"; "e.g." is nothing else.
    return "." not in name and at.begins_a_sentence()


def _is_labelled(at: Place) -> bool:
    """Whether the next word can be the number of something: "Fig. 2", "App. B", "(5)"."""
    word = at.words[at.place + 1].rstrip(".,:;!?" + CLOSING)
    return word not in _ARTICLES and _LABEL.fullmatch(word) is not None


def _after_a_letter(at: Place, core: str) -> bool:
    """Behind "B.": an initial unless the letter is a label or a variable."""
    if at.kind() == "number":
        return core.lower() not in at.rules.numbered and core not in at.rules.dated
    if at.kind() != "capital":
        return core.islower() and at.begins_small and not at.before()[:1].isdigit()
    if core.isupper() and INITIAL.fullmatch(at.following()):
        return False
    if core.islower() or at.begins_a_sentence():
        return True
    if at.language == "ru" and core.isascii() and _CYRILLIC.match(at.following()):
        return True
    return at.before().lower() in at.rules.labelled
