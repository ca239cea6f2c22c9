"""Russian acronyms: which are spelt out, and which are read as words."""

from __future__ import annotations

import re

from app.text.russian.latin import letter_name
from app.text.tables import words

_VOWELS = "АЕЁИОУЫЭЮЯ"
_LONGEST = 5
"""Letters; longer ones with vowels are words."""
_SAID = dict(
    entry.split(":")
    for entry in words(
        """
        ЕГЭ:егэ́ ОГЭ:огэ́ ГИБДД:гибэдэдэ́ СУБД:субэдэ́ РУДН:рудээ́н ЦСКА:цэ-эс-ка́ ОБСЕ:о-бэ-эс-е́
        ЮАР:юа́р УАЗ:уа́з ЦЕРН:церн МГИМО:мгимо́ ВГИК:вгик МХАТ:мхат УрФУ:урфу́ МИСиС:миси́с
        КазНУ:казну́ МРОТ:мрот ФГОС:фгос ФСИН:фсин ФГУП:фгуп НИОКР:нио́кр ВЦИОМ:вцио́м
        БЭСМ:бэсм МКАД:мкад САПР:сапр ЗАГС:загс СМИ:сми
        СПбПУ:эс-пэ-бэ-пэ-у́ ЧАЭС:чаэ́с ТАСС:тасс ОБЭП:обэ́п ЮФУ:юфу́ ВКонтакте:вэ-конта́кте
        """
    )
)
_SPELLED_OUT = frozenset(
    words(
        """
        ООН США ЭВМ АЭС ЕС ООО ОАО ЗАО ИИ АО УК ЯО ЭДС ОЭСР ФИО ЭКГ ЭЛТ ИП ОС ОЗУ ЕЭС ОАЭ ЕАЭС
        ОГПУ УФ ИК ЭП ПО ЭЭГ АД ЮВ СЗ ОИ АОЗТ ЭМ УВЧ ЕР
        """
    )
)
_WORDS_TOO = frozenset(words("ПО АД"))
"""Acronyms among words in small letters, words among capitals."""
_READ_OUT = frozenset(words("ГОСТ НИИ ГУЛАГ НЭП МИД БАМ ВАК ОРВИ АСУ ЭКО ИКЕА"))
_SHORT_WORDS = frozenset(
    words(
        """
        ЧТО КТО ВСЁ ВСЕ ГДЕ ДВА ТРИ ДЛЯ ПРИ МНЕ СТО ДНИ ДНЯ ДНЕ ВСЯ ВСЮ ТРЁХ ДВЕ ДНО ЗЛО ЗРЯ ПРО
        ЧЬЯ ДНЮ СНА ЛБА ИЛИ ЕЩЁ УЖЕ ОНА ОНО ОНИ ЭТО ЭТИ ЭТА АКТ ОПТ ОБА ОБЕ ОДА ЕЁ ЕГО ЕМУ ИХ ИМ
        """
    )
)
"""Words with clusters that acronyms have, too."""
_ONSETS = frozenset(
    words(
        """
        бл бр вв вд вз вк вл вн вр вс вт вх гд гл гн гр дв дл дн др жд зв зд зл зм зн зр кв кл кн
        кр мл мн пл пр пс пт пч сб св сд ск сл см сн сп ср ст сч сх тв тр фл фр хв хл хр цв
        чл чт шк шл шм шп шт шр стр скр спр взр вкл впр вск всп здр взгл встр мгн гр взв
        """
    )
)
_CODAS = frozenset(
    words(
        """
        бр вт зд зм ст кт нт рт лт нк рк лк ск нс рс кс лс пс рн рм лм мп рп лп рг нг лг рд нд лд
        рв рх рш рч нч рф лн фт хт пт сс лл нн тр др мм рц нц лц кл гр зг нтр мн нр тм ств стр
        йн йм йс йт йк нкт кст
        """
    )
)
_UNLIKE_ACRONYMS = re.compile("[ЬЪЫЁЩ]")
_MIXED = re.compile("[А-ЯЁ]+[а-яё]{1,4}[А-ЯЁ]{2,4}")
_RUN = re.compile("[А-ЯЁ][а-яё]+|[А-ЯЁ]")


def acronym(word: str, *, shouted: bool = False) -> list[str] | None:
    """What is said for a Cyrillic acronym; ``None`` for one that is read as a word.

    Args:
        word: In any case; only one in capitals, or with them, is an acronym.
        shouted: Whether its neighbours are in capitals too, as in a heading.

    >>> acronym("МГТС"), acronym("НАТО")
    (['эм', 'гэ', 'тэ', 'эс'], None)
    >>> acronym("СПбГУ"), acronym("ГЛАВА")
    (['эс', 'пэ', 'бэ', 'гэ', 'у́'], None)
    """
    if word in _SAID:
        return _SAID[word].split("-")
    if _MIXED.fullmatch(word):
        return [name for run in _RUN.findall(word) for name in _run_names(run)]
    if not word.isupper() or not 2 <= len(word) <= _LONGEST:
        return None
    if word in _READ_OUT or (shouted and word in _WORDS_TOO):
        return None
    if word in _SPELLED_OUT or not _is_readable(word):
        return _spelt(word)
    return None


def _spelt(word: str) -> list[str]:
    """Names of letters; that of Л is hard here."""
    return ["эл" if letter in "Лл" else name for letter in word for name in letter_name(letter)]


def _run_names(run: str) -> list[str]:
    """Letters, or a syllable with the vowel that makes it one, as the first of "ТюмГУ"."""
    if len(run) > 2 and any(letter in _VOWELS for letter in run.upper()):
        return [run.lower()]
    return _spelt(run)


def _is_readable(word: str) -> bool:
    """Whether it sounds like a Russian word.

    Of three letters the vowel has to be in the middle, or at both ends: "МИД", "УЗИ"; in
    longer ones the consonants before the first and behind the last vowel make no odd cluster.
    """
    if word in _SHORT_WORDS or _UNLIKE_ACRONYMS.search(word):
        return True
    vowels = [place for place, letter in enumerate(word) if letter in _VOWELS]
    if not vowels:
        return False
    onset, coda = word[: vowels[0]].lower(), word[vowels[-1] + 1 :].lower()
    if len(word) < 4:
        return len(onset) < 2 and len(coda) < 2
    return (len(onset) < 2 or onset in _ONSETS) and (len(coda) < 2 or coda in _CODAS)
