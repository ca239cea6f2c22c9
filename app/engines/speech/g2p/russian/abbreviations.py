"""Russian abbreviations that are not counted things."""

from __future__ import annotations

from collections.abc import Sequence

from app.engines.speech.g2p.tables import words
from app.engines.speech.g2p.tokens import Spelled, Token

_IN_PARTS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("т", "е"): ("то", "есть"),
    ("т", "д"): ("так", "далее"),
    ("т", "п"): ("тому", "подобное"),
    ("т", "к"): ("так", "как"),
    ("т", "н"): ("так", "называемый"),
    ("т", "ч"): ("том", "числе"),
    ("н", "э"): ("нашей", "эры"),
}
_WHOLE: dict[str, tuple[str, ...]] = {
    ".".join(letters): meaning for letters, meaning in _IN_PARTS.items()
} | {
    "др": ("другие",), "пр": ("прочее",), "см": ("смотри",), "ср": ("сравни",),
    "напр": ("например",),
    "им": ("имени",), "ул": ("улица",), "просп": ("проспект",), "проф": ("профессор",),
    "акад": ("академик",), "доц": ("доцент",), "ок": ("около",), "тел": ("телефон",),
    "изд": ("издание",),
    "ред": ("редактор",), "соч": ("сочинение",), "гр": ("группа",), "рук": ("руководитель",),
    "ст": ("статья",), "п": ("пункт",), "обл": ("область",), "о-в": ("остров",),
    "макс": ("максимум",),
    "мин": ("минимум",), "англ": ("английское",), "лат": ("латинское",), "греч": ("греческое",),
    "физ": ("физический",), "хим": ("химический",),
}  # fmt: skip
_REFERENCES: dict[str, tuple[str, str]] = {
    "рис": ("рисунок", "рисунке"),
    "табл": ("таблица", "таблице"),
    "гл": ("глава", "главе"),
    "стр": ("страница", "странице"),
    "с": ("страница", "странице"),
    "разд": ("раздел", "разделе"),
    "прил": ("приложение", "приложении"),
    "ч": ("часть", "части"),
}
"""Followed by a number: nominative, and prepositional after "в" and "на"."""
_ENDS_A_SENTENCE = frozenset(
    words(
        """
        т.д т.п н.э д п э др пр г гг в вв руб коп тыс млн млрд чел шт мин сек ч с см м км кг л
        """
    )
)


def abbreviation(tokens: Sequence[Token], place: int) -> list[Spelled]:
    """The abbreviation that begins at a token, written out; empty when none does."""
    for parts, meaning in _IN_PARTS.items():
        run = tokens[place : place + len(parts)]
        if tuple(token.core.lower() for token in run) == parts and all(map(_stopped, run)):
            last = place + len(parts) - 1
            return [
                Spelled((word,), token.opening, closing(tokens, at) if at == last else "")
                for at, (token, word) in enumerate(zip(run, meaning, strict=True), place)
            ]
    token = tokens[place]
    key = token.core.lower()
    if not _stopped(token):
        return []
    if key in _REFERENCES and _number_follows(tokens, place):
        before = tokens[place - 1].core.lower() if place else ""
        form = _REFERENCES[key][before in ("в", "на")]
        return [Spelled((form,), token.opening, closing(tokens, place))]
    if key in _WHOLE and (key != "см" or token.core in ("см", "См")):
        return [Spelled(_WHOLE[key], token.opening, closing(tokens, place))]
    if key == "г" and place + 1 < len(tokens) and tokens[place + 1].core[:1].isupper():
        return [Spelled(("город",), token.opening, closing(tokens, place, sentence_end=False))]
    return []


def closing(tokens: Sequence[Token], place: int, *, sentence_end: bool = True) -> str:
    """Punctuation after an abbreviation, without the full stop that is only its sign."""
    token = tokens[place]
    if not _stopped(token):
        return token.closing
    last = place + 1 == len(tokens)
    new_sentence = (
        sentence_end
        and token.core.lower() in _ENDS_A_SENTENCE
        and not last
        and tokens[place + 1].text[:1].isupper()
    )
    return token.closing if last or new_sentence else token.closing[1:]


def _stopped(token: Token) -> bool:
    return token.closing.startswith(".") and not token.closing.startswith("..")


def _number_follows(tokens: Sequence[Token], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].core[:1].isdigit()
