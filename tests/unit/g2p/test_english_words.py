"""Names, and words with two sounds, as English lecturers say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engines.speech.common.symbols import SYMBOL_IDS
from app.engines.speech.g2p import english_words
from app.engines.speech.g2p.english import phonemize_english
from app.engines.speech.g2p.english_words.names import name
from app.text.tables import rows

MARKS = ".,!?;:—()"
SENTENCES = list(rows(Path(__file__).with_name("homographs.tsv")))


def sounds(text: str, word: str, *, british: bool = False) -> str:
    """Symbols of the first piece of a text that is the word, without marks."""
    pieces = phonemize_english(text, british=british)
    found = [p.phonemes for p in pieces if p.token.strip(MARKS).lower() == word.lower()]
    return found[0].strip(MARKS)


@pytest.mark.parametrize(("sentence", "word", "said"), SENTENCES)
def test_the_words_around_a_homograph_tell_how_it_is_said(
    sentence: str, word: str, said: str
) -> None:
    assert sounds(sentence, word).replace("T", "t") == said.replace("T", "t")


@pytest.mark.parametrize(
    ("sentence", "word", "said"),
    [
        ("made of lead", "lead", "lˈɛd"),
        ("bass guitar", "bass", "bˈAs"),
        ("in minute detail", "minute", "mInjˈuːt"),
        ("a terrible row", "row", "ɹˈW"),
        ("Metals contract when cooled.", "contract", "kəntɹˈakt"),
        ("acids and bases", "bases", "bˈAsɪz"),
    ],
)
def test_a_british_reader_tells_them_apart_too(sentence: str, word: str, said: str) -> None:
    assert sounds(sentence, word, british=True) == said


def test_a_mark_parts_a_homograph_from_the_word_before_it() -> None:
    assert sounds("This we object to.", "object") == "əbʤˈɛkt"
    assert sounds("Now we, object in hand, go on.", "object") == "ˈɑbʤəkt"


@pytest.mark.parametrize(
    ("written", "american", "british"),
    [
        ("Euler", "ˈYləɹ", "ˈYlə"),
        ("O'Reilly", "OɹˈIli", "QɹˈIli"),
        ("Siobhan", "ʃəvˈɔn", "ʃɪvˈɔːn"),
        ("Descartes", "dAkˈɑɹt", "dAkˈɑːt"),
        ("Rousseau", "ɹusˈO", "ɹˈuːsQ"),
        ("Foucault", "fukˈO", "fˈuːkQ"),
        ("Huygens", "hˈIɡənz", "hˈIɡənz"),
        ("Goethe", "ɡˈɜɹtə", "ɡˈɜːtə"),
        ("Nietzsche", "nˈiʧə", "nˈiːʧə"),
        ("Schrödinger", "ʃɹˈOdɪŋəɹ", "ʃɹˈɜːdɪŋə"),
        ("Schrodinger", "ʃɹˈOdɪŋəɹ", "ʃɹˈɜːdɪŋə"),
        ("Poincaré", "pwˌæŋkɑɹˈA", "pwˈaŋkaɹA"),
        ("Laplace", "ləplˈɑs", "ləplˈas"),
        ("Cauchy", "kOʃˈi", "kˈQʃi"),
        ("Leibniz", "lˈIbnɪts", "lˈIbnɪts"),
        ("Versailles", "vəɹsˈI", "vɛːsˈI"),
        ("Edinburgh", "ˈɛdənbəɹə", "ˈɛdɪnbəɹə"),
        ("Arkansas", "ˈɑɹkənsˌɔ", "ˈɑːkᵊnsɔː"),
        ("Keynes", "kˈAnz", "kˈAnz"),
        ("Pepys", "pˈips", "pˈiːps"),
    ],
)
def test_a_name_is_said_as_people_say_it(written: str, american: str, british: str) -> None:
    assert sounds(f"This is {written} again.", written) == american
    assert sounds(f"This is {written} again.", written, british=True) == british


def test_a_name_keeps_its_sounds_in_the_genitive() -> None:
    assert sounds("by Euler's proof", "Euler's") == "ˈYləɹz"
    assert sounds("by Gauss’s law", "Gauss’s") == "ɡˈWsᵻz"


def test_names_that_a_hyphen_or_a_dash_joins_are_said_one_by_one() -> None:
    assert sounds("by Cauchy-Schwarz we get", "Cauchy-Schwarz") == "kOʃˈiʃwˈɔɹts"
    assert sounds("the Navier–Stokes equations", "Navier–Stokes") == "nˌɑvjˈA stˈOks"


def test_particles_of_names_are_no_letters() -> None:
    assert sounds("by Louis de Broglie", "de") == "də"
    assert sounds("by Leonardo da Vinci", "da") == "dɑ"


def test_a_verb_behind_a_pronoun_is_stressed_as_one() -> None:
    assert sounds("and we project it", "project") == "pɹəʤˈɛkt"
    assert sounds("and it projects far", "projects") == "pɹəʤˈɛkts"


def test_letters_that_are_spelt_out_make_no_verb_of_the_next_word() -> None:
    assert sounds("about AI use in schools", "use") == "jˈus"


def test_a_dash_within_a_piece_is_a_pause_between_its_words() -> None:
    assert sounds("The idea—which was old", "idea—which") == "Idˈiə — wˌɪʧ"
    assert sounds("The idea--which was old", "idea--which") == "Idˈiə — wˌɪʧ"


def test_all_sounds_of_the_tables_are_known_to_the_model() -> None:
    folder = Path(english_words.__file__).parent
    found = [row for table in ("names.tsv", "homographs.tsv") for row in rows(folder / table)]
    written = "".join(row[1] for row in found if not row[1].isascii())
    spoken = "".join(name(row[0], british=british) for row in found for british in (False, True))
    assert set(written + spoken) - {"|"} <= set(SYMBOL_IDS)
