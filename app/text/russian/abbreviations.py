"""Russian abbreviations that are not counted things."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.russian.context import word_after
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
    ("с", "ш"): ("северной", "широты"),
    ("ю", "ш"): ("южной", "широты"),
    ("в", "д"): ("восточной", "долготы"),
    ("з", "д"): ("западной", "долготы"),
    **{
        (degree, science, "н"): (title, name, "наук")
        for degree, title in (("к", "кандидат"), ("д", "доктор"))
        for science, name in (
            ("ф.-м", "физико-математических"), ("т", "технических"), ("и", "исторических"),
            ("х", "химических"), ("б", "биологических"), ("э", "экономических"),
        )
    },
    ("а", "е", "м"): ("атомных", "единиц", "массы"),
    ("а", "е"): ("астрономических", "единиц"),
    ("ч", "т", "д"): ("что", "требовалось", "доказать"),
    ("ст", "ст"): ("старому", "стилю"),
    ("н", "ст"): ("новому", "стилю"),
    ("p", "s"): ("пост", "скриптум"),
    ("гл", "обр"): ("главным", "образом"),
    ("у", "е"): ("условных", "единиц"),
}  # fmt: skip
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
    "соотв": ("соответственно",), "прибл": ("приблизительно",),
    "канд": ("кандидат",), "докт": ("доктор",),
    "физ.-мат": ("физико-математических",), "чл.-кор": ("член-корреспондент",),
    "чл.-корр": ("член-корреспондент",),
    "прим.ред": ("примечание", "редактора"),
    "след": ("следующий",), "вып": ("выпуск",), "сб": ("сборник",),
    "пер": ("перевод",), "сокр": ("сокращённо",), "мед": ("медицинский",), "стат": ("статистика",),
}  # fmt: skip
_OF_LANGUAGES = {
    short: f"{stem}ого"
    for short, stem in (
        ("англ", "английск"), ("лат", "латинск"), ("греч", "греческ"), ("нем", "немецк"),
        ("фр", "французск"), ("франц", "французск"), ("итал", "итальянск"), ("исп", "испанск"),
        ("рус", "русск"), ("араб", "арабск"), ("яп", "японск"),
    )
}  # fmt: skip
"""Behind a preposition: "от англ. learning"."""
_LIGHT_YEARS = {"год": "световой", "года": "световых", "лет": "световых"}
_SCIENCES = {
    short: f"{stem}их"
    for short, stem in (
        ("техн", "техническ"), ("хим", "химическ"), ("биол", "биологическ"),
        ("ист", "историческ"), ("экон", "экономическ"), ("филол", "филологическ"),
        ("филос", "философск"), ("юрид", "юридическ"), ("пед", "педагогическ"),
        ("психол", "психологическ"), ("мед", "медицинск"), ("геогр", "географическ"),
    )
}  # fmt: skip
"""Before "наук": "канд. техн. наук"."""
_CONTRACTED: dict[str, str] = {
    "кол-во": "количество", "кол-ва": "количества", "ф-ция": "функция", "ф-ции": "функции",
    "ф-ла": "формула", "р-н": "район", "г-н": "господин", "г-жа": "госпожа", "об-во": "общество",
    "гос-во": "государство", "гос-ва": "государства", "пр-во": "производство",
    "ун-т": "университет",
    "ин-т": "институт", "изд-во": "издательство", "ур-ние": "уравнение", "ур-ния": "уравнения",
    "мат-ла": "материала", "изд-ве": "издательстве", "изд-ва": "издательства",
    "ун-та": "университета", "ун-те": "университете", "ин-та": "института", "ин-те": "институте",
    "р-не": "районе", "р-на": "района", "пр-т": "проспект", "д-р": "доктор", "б-ка": "библиотека",
    "св-во": "свойство", "св-ва": "свойства", "хар-ка": "характеристика",
}  # fmt: skip
"""Contractions around a hyphen, which need no full stop."""
_ENDS_A_SENTENCE = frozenset(
    words(
        """
        т.д т.п н.э д п э др пр г гг в вв руб коп тыс млн млрд чел шт мин сек ч с см м км кг л
        """
    )
)


def in_parts(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """An abbreviation of several words that begins at a token, "т. е.", written out; else empty."""
    if not _stopped(tokens[place]):
        return []
    for parts, meaning in _IN_PARTS.items():
        run = tokens[place : place + len(parts)]
        cores = [token.core for token in run]
        # "Н. Э. Бауман" has initials; of an abbreviation only the first letter may be a capital.
        small = all(core.islower() for core in cores[1:]) or parts == ("p", "s")
        if tuple(map(str.lower, cores)) == parts and small and all(map(_stopped, run)):
            last = place + len(parts) - 1
            return [
                token.said([word], closing=closing(tokens, at) if at == last else "")
                for at, (token, word) in enumerate(zip(run, meaning, strict=True), place)
            ]
    return []


def abbreviation(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The abbreviation that a token is, written out; empty when it is none."""
    token = tokens[place]
    key = token.core.lower()
    if key in _CONTRACTED:
        return [token.said([_CONTRACTED[key]])]
    if not _stopped(token) or (len(key) == 1 and not token.core.islower()):
        return []
    before = tokens[place - 1].core.lower() if place else ""
    meaning = _meaning(token.core, before, word_after(tokens, place))
    return [token.said(meaning, closing=closing(tokens, place))] if meaning else []


def _meaning(core: str, before: str, after: str) -> Sequence[str]:
    """What an abbreviation with a full stop stands for between two words; empty if unknown."""
    key = core.lower()
    if key == "рук" and before == "под":
        return ["руководством"]
    if key == "св" and after in _LIGHT_YEARS:
        return [_LIGHT_YEARS[after]]
    if key == "св" and after[:1].isdigit():
        return ["свыше"]
    if key in _SCIENCES and after == "наук":
        return [_SCIENCES[key]]
    if key in _OF_LANGUAGES and before in ("от", "из", "с"):
        return [_OF_LANGUAGES[key]]
    return _WHOLE.get(key, ()) if key != "см" or core in ("см", "См") else ()


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
