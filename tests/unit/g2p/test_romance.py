"""Spanish, French and Italian: numbers and signs, then sounds."""

from __future__ import annotations

import pytest

from app.engines.speech.g2p import phonemize
from app.engines.speech.g2p.romance import french, italian, spanish
from app.text.verbalize import verbalize


def spoken(text: str, language: str) -> str:
    """Words of the tokens, tokens parted by bars, with the punctuation that stays."""
    tokens = verbalize(text, language)
    return "|".join(" ".join(token.words) + token.closing for token in tokens)


def phonemes(text: str, language: str) -> str:
    return " ".join(part.phonemes for part in phonemize(text, language))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "en 1974", "en|mil novecientos setenta y cuatro"),
        ("es", "95 % y 5%", "noventa y cinco|por ciento|y|cinco por ciento"),
        ("es", "1.000.000 de €", "un millón|de|euros"),
        ("es", "3,5 km", "tres coma cinco|kilómetros"),
        ("es", "siglo XIX", "siglo|diecinueve"),
        ("es", "p. ej. Sr. López", "por|ejemplo|señor|lópez"),
        ("es", "TCP/IP", "te ce pe i pe"),
        ("fr", "1 000 000 d’euros", "un million|||d'euros"),
        ("fr", "le XIXe siècle", "le|dix neuvième|siècle"),
        ("fr", "10h30", "dix heures trente"),
        ("fr", "la 2e fois", "la|deuxième|fois"),
        ("fr", "M. Dupont, l’USB", "monsieur|dupont,|l'u esse bé"),
        ("fr", "le 23e siècle, la 105e", "le|vingt troisième|siècle,|la|cent cinquième"),
        ("it", "il 23º, il 2000º", "il|ventitreesimo,|il|duemillesimo"),
        ("it", "1001000005", "un miliardo un milione e cinque"),
        ("it", "il XX secolo", "il|ventesimo|secolo"),
        ("it", "20 °C, ecc.", "venti|gradi centigradi,|eccetera."),
        ("it", "1 km", "un|chilometro"),
    ],
)
def test_numbers_signs_and_abbreviations_are_written_out(
    language: str, text: str, expected: str
) -> None:
    assert spoken(text, language) == expected


@pytest.mark.parametrize(
    ("word", "symbols"),
    [
        ("ciudad", "θjuðˈad"),
        ("guerra", "ɡˈera"),
        ("agua", "ˈaɣwa"),
        ("lección", "lekθjˈon"),
        ("gente", "xˈɛnte"),
        ("niña", "nˈiɲa"),
        ("calle", "kˈaʎe"),
        ("muchacho", "muʧˈaʧo"),
        ("aire", "ˈIɾe"),
        ("país", "paˈis"),
        ("abogado", "ˌaβoɣˈaðo"),
        ("ferrocarril", "fˌerokarˈil"),
        ("inglés", "iŋɡlˈes"),
        ("rey", "rˈA"),
        ("software", "sˈofweɾ"),
        ("gigabytes", "xiɣˈaβIts"),
        ("newton", "njˈuton"),
    ],
)
def test_spanish_sounds_as_kokoro_learnt_it(word: str, symbols: str) -> None:
    assert spanish.pronounce(word) == symbols


def test_a_spanish_stop_softens_after_a_vowel_but_not_after_a_pause() -> None:
    assert phonemes("cada dedo", "es") == "kˈaða ðˈeðo"
    assert phonemes("cada, dedo", "es") == "kˈaða, dˈeðo"


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("les enfants", "lez ɑ̃fˈɑ̃"),
        ("les livres", "le lˈivʁ"),
        ("les héros", "le eʁˈo"),
        ("l’homme", "lˈɔm"),
        ("qu’il est ici", "kil ɛt isˈi"),
        ("un ami", "œ̃n amˈi"),
        ("six mois", "sˈi mwˈa"),
        ("neuf heures", "nˈœv ˈœʁ"),
        ("les, enfants", "le, ɑ̃fˈɑ̃"),
        ("agneau", "anjˈo"),
        ("lui", "lyˈi"),
        ("vingt deux", "vˈɛ̃t dˈø"),
        ("quatre vingt deux", "kˈatʁ vˈɛ̃ dˈø"),
        ("quatre vingt un", "kˈatʁ vˈɛ̃ œ̃"),
        ("cent un", "sˈɑ̃ œ̃"),
        ("deux cents ans", "dˈø sˈɑ̃z ˈɑ̃"),
        ("dix neuf", "dˈiz nˈœf"),
        ("six virgule deux", "sˈis viʁɡˈyl dˈø"),
        ("ixe plus deux", "ˈiks plys dˈø"),
        ("et cetera", "ɛt seteʁˈa"),
    ],
)
def test_french_links_elides_and_stresses_the_last_vowel(text: str, symbols: str) -> None:
    assert phonemes(text, "fr") == symbols


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("città", "ʧitːˈa"),
        ("famiglia", "famˈiʎa"),
        ("gnocchi", "ɲˈɔkːɪ"),
        ("piccolo", "pˈikːolo"),
        ("problema", "problˈɛma"),
        ("matematica", "matemˈatika"),
        ("attività", "atːivitˈa"),
        ("rosa", "rˈɔza"),
        ("l’acqua", "lˈakːwa"),
    ],
)
def test_italian_has_long_consonants_and_a_stress(text: str, symbols: str) -> None:
    assert phonemes(text, "it") == symbols


@pytest.mark.parametrize(
    ("word", "symbols"),
    [
        ("millenovecentosettantaquattro", "mˌillenoveʧˌɛntosetːˌantakwˈatːro"),
        ("sessantotto", "seSˌantˈɔtːo"),
        ("ventuno", "vˌentˈuno"),
        ("all'una", "allˈuna"),
    ],
)
def test_an_italian_numeral_keeps_a_stress_for_each_of_its_parts(word: str, symbols: str) -> None:
    assert italian.pronounce(word) == symbols


@pytest.mark.parametrize(
    ("word", "symbols"),
    [
        ("verrà", "verɾˈa"),
        ("negli", "neʎɪ"),
        ("luigi", "lwˈiʤɪ"),
        ("giovedì", "ʤovedˈi"),
        ("ingegner", "inʤeɲˈer"),
        ("file", "fˈail"),
    ],
)
def test_italian_spelling_wins_where_the_model_contradicts_it(word: str, symbols: str) -> None:
    assert italian.pronounce(word) == symbols


@pytest.mark.parametrize(
    ("stressed", "word"),
    [
        ("tˈavola", "tavola"),
        ("skrˈiveɾe", "scrivere"),
        ("vedˈeɾe", "vedere"),
        ("pˈarlano", "parlano"),
        ("italjˈano", "italiano"),
        ("ˈabitano", "abitano"),
        ("radˈiʧe", "radice"),
        ("pˈaʤina", "pagina"),
        ("siɲˈor", "signor"),
    ],
)
def test_italian_stress_goes_back_as_far_as_people_put_it(stressed: str, word: str) -> None:
    assert italian.pronounce(word).replace("ɲɲ", "ɲ") == stressed


@pytest.mark.parametrize(
    ("language", "text", "symbols"),
    [
        ("es", "cada—dedo", "kˈaða— dˈeðo"),
        ("fr", "les—enfants", "le— ɑ̃fˈɑ̃"),
        ("it", "casa—casa", "kˈaza— kˈaza"),
    ],
)
def test_a_dash_between_words_parts_their_sounds(language: str, text: str, symbols: str) -> None:
    assert phonemes(text, language) == symbols


def test_italian_and_french_words_without_stress_lean_on_the_next() -> None:
    assert "ˈ" not in italian.pronounce("della")
    assert "ˈ" not in french.pronounce("pour")


def test_letters_of_an_italian_acronym_and_a_lone_one_do_not_lean() -> None:
    assert phonemes("il DNA", "it") == "il dˈi ˈɛnne ˈa"
    assert phonemes("capitolo 1", "it") == "kapˈitolo ˈuno"
    assert phonemes("un anno di vita", "it") == "un ˈanno dɪ vˈita"
