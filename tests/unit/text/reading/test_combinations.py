"""Numbers, signs and words in any order: every text is read, and only letters are left."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.text.tables import words
from app.text.verbalize import verbalize
from tests.unit.text.whole import assert_whole

ATOMS = words(
    """
    1 2 21 06 007 1000000 3,5 9.05 1.250 1.250,5 3/4 1/2 2020 2020/21 1914-1918 10-15 14:30 14h30 2h
    € $ % ‰ ° °C km m/s² kg/m³ €/kg ha mln M€ II XIV XIXe V I Carlo secolo siglo siècle il la el le
    l' dell' d' nel en e o y - – — -- / : . , ; ( ) [ ] { } | _ ^ ~ < > ≤ ≈ ∈ = + − × ± √ ∑ ∫ → ! ?
    ' " « » & @ # ½ ² ₂ ⁻¹ ′ ″ x f(x) lim sin log n! π α ё 中 n. p. cap. a.C. p.ej. J.-C. S. Maria
    dott.ssa tel. maggio mayo mai de gen. 1er 1ª 2.ª 2° 5^ 18enne ONU DNA NaCl H₂O E' citta' U.S.A.
    http://a.it a@b.it main.py
    """
)
TEXTS = st.lists(
    st.tuples(st.sampled_from(ATOMS), st.sampled_from(["", " "])), min_size=1, max_size=7
).map(lambda parts: "".join(atom + space for atom, space in parts))


@pytest.mark.parametrize("language", ["es", "fr", "it"])
@given(text=TEXTS)
@example("la 1000000")
@example("9.05,21")
@example("12XIV M€")
@example("5 km³³")
@example("中'il")
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_words_of_letters(language: str, text: str) -> None:
    assert_whole(text, verbalize(text, language))
