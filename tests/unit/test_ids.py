"""Ids sort by time and are read back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app import ids


@given(st.integers(0, 2**63 - 1))
def test_an_id_is_read_back(number: int) -> None:
    assert ids.number_of("lec", ids.told("lec", number)) == number


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_ids_sort_as_their_numbers_do(one: int, other: int) -> None:
    assert (ids.told("x", one) < ids.told("x", other)) == (one < other)


@given(st.text(max_size=20))
def test_what_is_no_id_names_nothing(text: str) -> None:
    number = ids.number_of("lec", text)
    assert number is None or ids.told("lec", number) == text


def test_a_later_id_is_larger() -> None:
    earlier = ids.new_id(lambda: 1_800_000_000.0)
    later = ids.new_id(lambda: 1_800_000_000.002)
    assert 0 < earlier < later < 2**63
