"""Respelt words: what an engine reads, and what the audience sees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import ConfigError, LectureTextError
from app.lecture.lexicon import LARGEST_FILE, Entry, Lexicon
from app.lecture.matching import Phrases

LEXICON = Lexicon(
    (
        Entry("en", "nginx", "engine ex"),
        Entry("en", "New York", "noo york"),
        Entry("en", "York", "yorrk"),
        Entry("en", "C++", "see plus plus"),
        Entry("en", "SQL", "sequel"),
        Entry("ru", "Королёв", "Королёв\u0301"),
        Entry("ru", "замок", "замо\u0301к"),
    )
)


def spoken(text: str, language: str = "en") -> str:
    return LEXICON.spoken(text, language).text


def written(folder: Path, text: str) -> Path:
    path = folder / "lexicon.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "respelt"),
    [
        ("Use nginx here.", "Use engine ex here."),
        ("(NGINX), “Nginx”!", "(engine ex), “engine ex”!"),
        ("nginxes and unginx stay", "nginxes and unginx stay"),
        ("nginx's cache", "engine ex's cache"),
        ("In new   york and York.", "In noo york and yorrk."),
        ("C++ is not C", "see plus plus is not C"),
        ("one\n\ntwo SQL\n\nthree", "one\n\ntwo sequel\n\nthree"),
        ("In new\nyork.", "In noo york."),
        ("All new\n \nYork and SQL\n\n", "All new\n \nyorrk and sequel\n\n"),
        ("", ""),
    ],
)
def test_whole_words_and_phrases_are_respelt_in_any_letter_case(text: str, respelt: str) -> None:
    assert spoken(text) == respelt


def test_a_word_of_another_language_is_left_alone() -> None:
    assert spoken("замок nginx", "ru") == "замо\u0301к nginx"


def test_a_word_that_bears_a_stress_of_its_own_keeps_it() -> None:
    assert spoken("за\u0301мок", "ru") == "за\u0301мок"


def test_a_key_with_yo_matches_the_letter_that_print_has_for_it() -> None:
    assert spoken("Королев", "ru") == "Королёв\u0301"


def test_the_words_of_the_lecture_come_back_with_the_times_of_what_was_said() -> None:
    respelled = LEXICON.spoken("Use (Nginx), New York!", "en")
    times = [(word, float(place), place + 1.0) for place, word in enumerate(respelled.text.split())]
    assert respelled.restored(times) == [
        ("Use", 0.0, 1.0), ("(Nginx),", 1.0, 3.0), ("New", 3.0, 4.0), ("York!", 4.0, 5.0),
    ]  # fmt: skip


def test_a_phrase_said_in_more_words_shares_its_time_by_letters() -> None:
    lexicon = Lexicon((Entry("en", "ab cdef", "one two three"),))
    times = [("one", 0.0, 1.0), ("two", 1.0, 2.0), ("three", 2.0, 3.0)]
    assert lexicon.spoken("ab cdef", "en").restored(times) == [("ab", 0.0, 1.0), ("cdef", 1.0, 3.0)]


def test_times_for_other_words_than_those_of_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="1 times for 2 spoken words"):
        LEXICON.spoken("nginx", "en").restored([("nginx", 0.0, 1.0)])


@given(
    st.lists(
        st.sampled_from(
            [
                "nginx",
                "New",
                "York,",
                "C++",
                "(SQL)",
                "a",
                "—",
                "the",
                "\n\n",
                "“York”",
                "SQL/nginx",
            ]
        )
    )
)
def test_every_word_comes_back_once_and_in_order(words: list[str]) -> None:
    text = " ".join(words)
    respelled = LEXICON.spoken(text, "en")
    times = [
        (word, place / 2, place / 2 + 0.5) for place, word in enumerate(respelled.text.split())
    ]
    restored = respelled.restored(times)
    assert [word for word, _, _ in restored] == text.split()
    assert all(start <= end for _, start, end in restored)


def test_the_entries_of_a_lecture_go_before_those_of_the_site() -> None:
    site = Lexicon((Entry("en", "SQL", "sequel"), Entry("en", "nginx", "engine ex")))
    lecture = Lexicon((Entry("en", "sql", "ess cue ell"),))
    merged = site.merged(lecture)
    assert merged.spoken("SQL nginx", "en").text == "ess cue ell engine ex"


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = written(tmp_path, "en:\n  NO: en oh\n  1.5: one and a half\nru:\n  Бэйес: Ба\u0301йес\n")
    assert Lexicon.load(path).entries == (
        Entry("en", "NO", "en oh"),
        Entry("en", "1.5", "one and a half"),
        Entry("ru", "Бэйес", "Ба\u0301йес"),
    )


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert Lexicon.load(written(tmp_path, "# none yet\n")) == Lexicon()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("en:\n  a: b\n  a: c\n", "line 3, key 'a': it stands there twice"),
        ("english:\n  a: b\n", "line 1, key 'english': a language code of two letters is wanted"),
        ("en:\n  nginx:\n", "line 2, key 'nginx': its respelling holds no letter"),
        ("en:\n  nginx: [a]\n", "line 2, key 'nginx': its respelling holds no letter"),
        ("en:\n  '!': bang\n", "line 2, key '!': it has no letter or digit"),
        ("en: nginx\n", "line 1: key 'en' holds no 'word: respelling'"),
        ("- en\n", "line 1: the file holds no 'word: respelling'"),
        ("en:\n  ? [a]\n  : b\n", "line 2: a key is no word"),
        ("en: {a: b\n", "line 2: "),
        ("[" * 10_000, "line 1: nested too deeply"),
        ("[" * 450 + "]" * 450, "line 1: nested too deeply"),
        ("".join(" " * depth + "a:\n" for depth in range(990)), "line 4: nested too deeply"),
        ("en: &all {a: b}\nru: *all\n", "line 1: anchors and aliases"),
        ("en: {a: *b}\n", "line 1: anchors and aliases"),
        ("en: {a: !!python/name:os.abort b}\n", "line 1: tags"),
        ("en: !!map\n  a: b\n", "line 1: tags"),
        (f"en: {{a: {'9' * 100_000}}}\n", "line 1, key 'a': its respelling holds no letter"),
        ("en: {a: b}\nen: {c: d}\n", "line 2, key 'en': it stands there twice"),
        (f"en:\n  {'a' * 100}: 1\n", f"line 2, key '{'a' * 60}…': its respelling"),
        ("en: {a: b}\n---\nru: {c: d}\n", "line 2: "),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_key(
    tmp_path: Path, content: str, message: str
) -> None:
    with pytest.raises(ConfigError) as refusal:
        Lexicon.load(written(tmp_path, content))
    assert message in str(refusal.value)


def test_what_a_lecture_brings_is_refused_as_the_callers_mistake() -> None:
    with pytest.raises(LectureTextError, match=r"^line 2, key 'nginx': its respelling"):
        Lexicon.parse(b"en:\n  nginx: 7\n")


def test_a_file_of_the_site_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no readable lexicon at .*/none\.yaml"):
        Lexicon.load(tmp_path / "none.yaml")


@pytest.mark.parametrize("content", [b"en:\n  a: \xff\n", b"#" * (LARGEST_FILE + 1)])
def test_a_file_of_other_bytes_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lexicon.yaml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"UTF-8|larger"):
        Lexicon.load(path)


def test_a_letter_that_only_python_takes_for_another_is_respelt_all_the_same() -> None:
    assert Lexicon((Entry("en", "sql", "sequel"),)).spoken("ſql", "en").text == "sequel"


WORDS = ("new", "york", "c", "c++", ".net", "net", "замок", "ёж", "еж", "İ", "straße", "a-b", "b")
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
GAPS = (" ", "  ", "\n", "\n\n", "", "-", "++", ".", "\u0301", "_", "(")


def by_one_expression(keys: Iterable[str], text: str) -> list[tuple[int, int]]:
    """The same said otherwise: one expression of all phrases, the longest first."""
    space = r"(?:[^\S\n]|\n(?![^\S\n]*\n))+"
    phrases = [
        space.join(re.escape(word).replace("е", "[её]") for word in key.split())
        for key in sorted(keys, key=len, reverse=True)
    ]
    pattern = rf"(?<![\w\u0301])(?:{'|'.join(phrases)})(?![\w\u0301])"
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


@settings(deadline=None)
@given(
    keys=st.sets(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), min_size=1
    ),
    text=st.lists(st.sampled_from([*WORDS, *GAPS, "New", "YORK", "Ёж", "i"]), max_size=20).map(
        "".join
    ),
)
def test_phrases_are_found_where_one_expression_would_find_them(keys: set[str], text: str) -> None:
    keys = {key.lower().replace("ё", "е") for key in keys}
    found = [(start, end) for start, end, _ in Phrases(keys).found(text)]
    assert found == by_one_expression(keys, text)
