"""Russian abbreviations that are not counted things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.tables import words
from app.text.tokens import Token, Verbalized

_IN_PARTS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("т", "е"): ("то", "есть"),
    ("т", "д"): ("так", "далее"),
    ("т", "п"): ("тому", "подобное"),
    ("т", "к"): ("так", "как"),
    ("т", "н"): ("так", "называемый"),
    ("т", "ч"): ("том", "числе"),
    ("н", "э"): ("нашей", "эры"),
    ("т", "о"): ("таким", "образом"),
    ("и", "о"): ("исполняющий", "обязанности"),
    ("рт", "ст"): ("ртутного", "столба"),
    ("в", "ст"): ("водяного", "столба"),
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
    "физ": ("физический",), "хим": ("химический",), "авт": ("автор",), "прим": ("примечание",),
    "рус": ("русское",), "нем": ("немецкое",), "фр": ("французское",), "букв": ("буквально",),
    "соотв": ("соответственно",), "след": ("следующий",), "вып": ("выпуск",), "сб": ("сборник",),
    "пер": ("перевод",), "сокр": ("сокращённо",), "мед": ("медицинский",), "стат": ("статистика",),
    "к.т.н": ("кандидат", "технических", "наук"), "д.т.н": ("доктор", "технических", "наук"),
    "к.ф.-м.н": ("кандидат", "физико-математических", "наук"),
    "д.ф.-м.н": ("доктор", "физико-математических", "наук"),
    "к.б.н": ("кандидат", "биологических", "наук"), "д.б.н": ("доктор", "биологических", "наук"),
    "к.и.н": ("кандидат", "исторических", "наук"), "д.и.н": ("доктор", "исторических", "наук"),
    "к.х.н": ("кандидат", "химических", "наук"), "д.х.н": ("доктор", "химических", "наук"),
    "к.э.н": ("кандидат", "экономических", "наук"), "д.э.н": ("доктор", "экономических", "наук"),
}  # fmt: skip
_CONTRACTED: dict[str, str] = {
    "кол-во": "количество", "кол-ва": "количества", "ф-ция": "функция", "ф-ции": "функции",
    "ф-ла": "формула", "р-н": "район", "г-н": "господин", "г-жа": "госпожа", "об-во": "общество",
    "гос-во": "государство", "гос-ва": "государства", "пр-во": "производство",
    "ун-т": "университет",
    "ин-т": "институт", "изд-во": "издательство", "ур-ние": "уравнение", "ур-ния": "уравнения",
    "мат-ла": "материала", "св-во": "свойство", "св-ва": "свойства", "хар-ка": "характеристика",
}  # fmt: skip
"""Contractions around a hyphen, which need no full stop."""
_GENITIVE = ("из", "до", "от", "после", "для", "без", "около")
_REFERENCES: dict[str, tuple[str, str, str, str]] = {
    "рис": ("рисунок", "рисунке", "рисунки", "рисунка"),
    "табл": ("таблица", "таблице", "таблицы", "таблицы"),
    "гл": ("глава", "главе", "главы", "главы"),
    "стр": ("страница", "странице", "страницы", "страницы"),
    "с": ("страница", "странице", "страницы", "страницы"),
    "разд": ("раздел", "разделе", "разделы", "раздела"),
    "прил": ("приложение", "приложении", "приложения", "приложения"),
    "ч": ("часть", "части", "части", "части"),
    "упр": ("упражнение", "упражнении", "упражнения", "упражнения"),
    "ур": ("уравнение", "уравнении", "уравнения", "уравнения"),
    "т": ("том", "томе", "тома", "тома"),
    "п": ("пункт", "пункте", "пункты", "пункта"),
    "ст": ("статья", "статье", "статьи", "статьи"),
}
"""Followed by a number: nominative, prepositional after "в" and "на", plural before a range,
genitive after "из" and the like."""
_ENDS_A_SENTENCE = frozenset(
    words(
        """
        т.д т.п н.э д п э др пр г гг в вв руб коп тыс млн млрд чел шт мин сек ч с см м км кг л
        """
    )
)


def abbreviation(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The abbreviation that begins at a token, written out; empty when none does."""
    for parts, meaning in _IN_PARTS.items():
        run = tokens[place : place + len(parts)]
        if tuple(token.core.lower() for token in run) == parts and all(map(_stopped, run)):
            last = place + len(parts) - 1
            return [
                token.said([word], closing=closing(tokens, at) if at == last else "")
                for at, (token, word) in enumerate(zip(run, meaning, strict=True), place)
            ]
    token = tokens[place]
    key = token.core.lower()
    if key in _CONTRACTED:
        return [token.said([_CONTRACTED[key]])]
    if not _stopped(token):
        return []
    if key in _REFERENCES and _number_follows(tokens, place):
        before = tokens[place - 1].core.lower() if place else ""
        several = re.search(r"\d[-–—,]\s?\d", tokens[place + 1].core) is not None
        nominative, prepositional, plural, genitive = _REFERENCES[key]
        inside = before in ("в", "на")
        form = plural if several else prepositional if inside else nominative
        form = genitive if before in _GENITIVE and not several else form
        if several and inside:
            form = re.sub("[ыа]$", "ах", re.sub("и$", "ях" if key in ("ч", "ст") else "ах", plural))
        return [token.said([form], closing=closing(tokens, place))]
    if key in _WHOLE and (key != "см" or token.core in ("см", "См")):
        return [token.said(_WHOLE[key], closing=closing(tokens, place))]
    if key == "г" and place + 1 < len(tokens) and tokens[place + 1].core[:1].isupper():
        return [token.said(["город"], closing=closing(tokens, place, sentence_end=False))]
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
    following = tokens[place + 1].core if place + 1 < len(tokens) else ""
    return following[:1].isdigit() or re.fullmatch("[IVX]+", following) is not None
