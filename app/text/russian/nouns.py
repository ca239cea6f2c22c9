"""Shortened nouns that are said in the case their place asks for: "на ул.", "в ауд. 305"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.text.russian.abbreviations import closing
from app.text.russian.context import (
    CASE_OF_PREPOSITION,
    case_of_person,
    case_of_thing,
    word_after,
    word_before,
)
from app.text.russian.numerals import CASES, Case
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_PARTS = """
рис|рисун|ок ка ку ок ком ке|ки ков кам ки ками ках
илл|иллюстраци|я и и ю ей и|и й ям и ями ях
табл|таблиц|а ы е у ей е|ы  ам ы ами ах
гл|глав|а ы е у ой е|ы  ам ы ами ах
стр|страниц|а ы е у ей е|ы  ам ы ами ах
с|страниц|а ы е у ей е|ы  ам ы ами ах
разд|раздел| а у  ом е|ы ов ам ы ами ах
прил|приложени|е я ю е ем и|я й ям я ями ях
ч|част|ь и и ь ью и|и ей ям и ями ях
упр|упражнени|е я ю е ем и|я й ям я ями ях
ур|уравнени|е я ю е ем и|я й ям я ями ях
т|том| а у  ом е|а ов ам а ами ах
п|пункт| а у  ом е|ы ов ам ы ами ах
ст|стат|ья ьи ье ью ьёй ье|ьи ей ьям ьи ьями ьях
ауд|аудитори|я и и ю ей и|и й ям и ями ях
д|дом| а у  ом е|а ов ам а ами ах
корп|корпус| а у  ом е|а ов ам а ами ах
кв|квартир|а ы е у ой е|ы  ам ы ами ах
кн|книг|а и е у ой е|и  ам и ами ах
вып|выпуск| а у  ом е|и ов ам и ами ах
лекц|лекци|я и и ю ей и|и й ям и ями ях
зад|задач|а и е у ей е|и  ам и ами ах
теор|теорем|а ы е у ой е|ы  ам ы ами ах
опр|определени|е я ю е ем и|я й ям я ями ях
ф|формул|а ы е у ой е|ы  ам ы ами ах
гр|групп|а ы е у ой е|ы  ам ы ами ах
нач|начал|о а у о ом е|а  ам а ами ах
кон|кон|ец ца цу ец цом це|цы цов цам цы цами цах
сер|середин|а ы е у ой е|ы  ам ы ами ах
пол|половин|а ы е у ой е|ы  ам ы ами ах
№|номер| а у  ом е|а ов ам а ами ах
§|параграф| а у  ом е|ы ов ам ы ами ах
"""
_PLACES = """
г|город| а у  ом е
ул|улиц|а ы е у ей е
пл|площад|ь и и ь ью и
пр|проспект| а у  ом е
просп|проспект| а у  ом е
пр-т|проспект| а у  ом е
наб|набережн|ая ой ой ую ой ой
пер|переул|ок ка ку ок ком ке
пос|посёл|ок ка ку ок ком ке
п|посёл|ок ка ку ок ком ке
дер|деревн|я и е ю ей е
д|деревн|я и е ю ей е
с|сел|о а у о ом е
о|остров| а у  ом е
оз|озер|о а у о ом е
р|рек|а и е у ой е
ст|станци|я и и ю ей и
обл|област|ь и и ь ью и
"""
_PERSONS = """
проф|профессор| а у а ом е
акад|академик| а у а ом е
доц|доцент| а у а ом е
ген|генерал| а у а ом е
полк|полковник| а у а ом е
кап|капитан| а у а ом е
лейт|лейтенант| а у а ом е
гр|граф| а у а ом е
тов|товарищ| а у а ем е
"""
"""Shortening, stem, endings of the singular and of the plural by :data:`CASES`."""


def _table(text: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    rows = (line.split("|") for line in text.split("\n") if line)
    return {
        short: tuple(tuple(stem + ending for ending in forms.split(" ")) for forms in endings)
        for short, stem, *endings in rows
    }


_NUMBERED, _NAMED, _TITLES = _table(_PARTS), _table(_PLACES), _table(_PERSONS)
_BEHIND_ITS_NAME = frozenset(words("ул пл просп наб пер обл оз"))
"""An adjective may stand before them: "на Невском просп."."""
_ONLY_BEHIND_A_PREPOSITION = frozenset(words("с п д ст пр"))
_NEVER_WORDS = frozenset(words("стр табл рис гл разд прил упр ауд корп илл вып лекц"))
"""They stand for their noun even where no number follows: "на след. стр."."""
_CALLS = ("йте", "ите", "ьте")
"""Endings of verbs that tell to do something, "прочтите гл. 3"."""
_SHORTEST_CALL = 4
_SIGNS = ("№", "§")
_ORDINAL = re.compile(r"\d+-([йюяе])")
_OF_A_TOWN = ("бурга", "града", "города", "ска", "цка", "ова", "ева", "поля", "вля", "ы", "и",
              "ого")  # fmt: skip
"""Endings of names of towns in the genitive; some others look alike."""
_NOMINATIVE_TOWNS = ("Сочи", "Мытищи", "Химки", "Чебоксары", "Люберцы", "Боровичи", "Набережные")
_ADJECTIVES: tuple[tuple[str, Case], ...] = (
    ("ая", "nominative"), ("ое", "nominative"), ("яя", "nominative"), ("ый", "nominative"),
    ("ий", "nominative"),
    ("ую", "accusative"), ("ого", "genitive"), ("его", "genitive"),
)  # fmt: skip
_OBLIQUE = ("ой", "ей", "ом", "ем")
_SEVERAL = re.compile(r"\d[-–—,]\d")
_LABEL = re.compile(r"\d.*|[IVX]+|[А-ЯA-Z]")
_GOVERNS_GENITIVE = frozenset(words("рук ул им пл просп соч ред"))


def noun(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A shortened noun in its case, as in "с проф. Жан-Люком"; empty for another token."""
    token = tokens[place]
    key = token.core.lower()
    if key in ("№№", "§§") and word_after(tokens, place)[:1].isdigit():
        return [token.said([_NUMBERED[key[0]][1][CASES.index(case_of_thing(tokens, place))]])]
    if token.core in _SIGNS and word_after(tokens, place)[:1].isdigit():
        return [token.said([_part(key, tokens, place)])]
    if not token.closing.startswith(".") or token.closing.startswith(".."):
        return []
    found = _of_a_part(key, tokens, place) or _of_a_name(key, tokens, place)
    end = closing(tokens, place, sentence_end=False)
    return [token.said([found], closing=end)] if found else []


def _of_a_part(key: str, tokens: Sequence[Token], place: int) -> str:
    """A part of a book or of a house, which a number or a letter follows."""
    after = word_after(tokens, place)
    if key in _NEVER_WORDS and not after[:1].isdigit():
        return _NUMBERED[key][0][CASES.index(_case_of_part(tokens, place))]
    labelled = _LABEL.fullmatch(after) is not None and (len(key) > 1 or after[:1].isdigit())
    return _part(key, tokens, place) if key in _NUMBERED and labelled else ""


def _part(key: str, tokens: Sequence[Token], place: int) -> str:
    several = _SEVERAL.search(word_after(tokens, place)) is not None
    if tokens[place + 1].closing == "" and place + 3 < len(tokens):
        joined, last = tokens[place + 2], tokens[place + 3]
        several = several or (joined.core == "и" and last.core.isdecimal())
    return _NUMBERED[key][several][CASES.index(_case_of_part(tokens, place))]


def _case_of_part(tokens: Sequence[Token], place: int) -> Case:
    before = [token.core.lower() for token in tokens[max(0, place - 2) : place]]
    if before[-1:] in (["см"], ["ср"]) or before in (["см", "также"], ["смотри", "также"]):
        return "accusative"
    if before and len(before[-1]) > _SHORTEST_CALL and before[-1].endswith(_CALLS):
        return "accusative"
    if place > 2 and before[-1] == "и" and tokens[place - 3].core.lower() in _NUMBERED:
        return _case_of_part(tokens, place - 3)
    if len(before) < 2 or not before[1][:1].isdigit():
        return case_of_thing(tokens, place)
    part = before[0] in _NUMBERED or before[0].startswith(("пункт", "част", "стать"))
    if tokens[place - 1].closing == "," and part:
        listed = _case_of_part(tokens, place - 2) == "accusative"  # "см. с. 5, рис. 2"
        return "accusative" if listed else "nominative"
    if tokens[place - 1].closing:
        return "nominative"
    ordinal = _ORDINAL.fullmatch(before[1])
    if ordinal:
        return _case_behind(ordinal[1], before[0])
    return "genitive" if part else "nominative"


def _case_behind(ending: str, preposition: str) -> Case:
    """Case of a noun behind an ordinal with this ending, "во 2-й пол."."""
    if ending in "яе":
        return "nominative"
    return "accusative" if ending == "ю" else CASE_OF_PREPOSITION.get(preposition, "genitive")


def _of_a_name(key: str, tokens: Sequence[Token], place: int) -> str:
    """A place or a title, which a name follows."""
    if len(key) == 1 and not tokens[place].core.islower():
        return ""
    named = word_after(tokens, place)[:1].isupper() or (
        place + 1 < len(tokens) and _is_title(tokens[place + 1])
    )
    if key in _TITLES and named:
        governed = place > 0 and tokens[place - 1].core.lower() in _GOVERNS_GENITIVE
        case = "genitive" if governed else case_of_person(tokens, place)
        return _TITLES[key][0][CASES.index(case)]
    if key not in _NAMED:
        return ""
    before = word_before(tokens, place)
    preposition = before in CASE_OF_PREPOSITION or before in ("с", "со")
    adjective = _case_of_adjective(tokens, place) if key in _BEHIND_ITS_NAME else None
    if adjective is not None and not preposition:
        return _NAMED[key][0][CASES.index(adjective)]
    ends_with_it = preposition and place + 1 == len(tokens) and key not in ("с", "о")
    if not (named or ends_with_it) or before[:1].isdigit():
        return ""
    if key in _ONLY_BEHIND_A_PREPOSITION and before and not preposition:
        return ""
    if before and not preposition and _is_of_a_town(word_after(tokens, place)):
        return _NAMED[key][0][CASES.index("genitive")]
    return _NAMED[key][0][CASES.index(case_of_thing(tokens, place))]


def _is_of_a_town(name: str) -> bool:
    return name.endswith(_OF_A_TOWN) and not name.startswith(_NOMINATIVE_TOWNS)


def _is_title(token: Token) -> bool:
    return token.core in _TITLES and token.closing.startswith(".")


def _case_of_adjective(tokens: Sequence[Token], place: int) -> Case | None:
    """Case of the adjective before a noun; none where there is no adjective."""
    adjective = word_before(tokens, place)
    if len(adjective) < 5:
        return None
    found = next((case for ending, case in _ADJECTIVES if adjective.endswith(ending)), None)
    if found or not adjective.endswith(_OBLIQUE):
        return found
    return CASE_OF_PREPOSITION.get(word_before(tokens, place - 1), "genitive")
