"""Bodies in chunks, however the network cuts them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.server.chunks import Chunks
from app.web.server.spool import Body, Spool

FOLLOWS = b"GET /next HTTP/1.1\r\n"


def read(pieces: list[bytes], limit: int = 1000) -> tuple[Chunks, bytes]:
    """What was read, and what was left for the next request."""
    chunks = Chunks(Body(Spool(None, limit), None), limit)
    rest = b""
    for piece in pieces:
        rest += piece[chunks.received(piece) :]
    return chunks, rest


def cut(whole: bytes, places: list[int]) -> list[bytes]:
    at = [0, *sorted(place % (len(whole) + 1) for place in places), len(whole)]
    return [whole[a:b] for a, b in itertools.pairwise(at)]


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=8), st.lists(st.integers(0, 5000)))
def test_wherever_the_network_cuts_it_the_body_is_the_same(
    parts: list[bytes], places: list[int]
) -> None:
    framed = b"".join(b"%X\r\n%s\r\n" % (len(part), part) for part in parts)
    chunks, rest = read(cut(framed + b"0\r\n\r\n" + FOLLOWS, places))
    assert chunks.completed and chunks.error is None
    assert chunks.getfile().read() == b"".join(parts)
    assert rest == FOLLOWS


@pytest.mark.parametrize(
    "body",
    [
        b"\r\n0\r\n\r\n",
        b"1\n",
        b"1\r\nab\r\n",
        b"0x1\r\n",
        b" 1\r\n",
        b"1 \r\n",
        b"-1\r\n",
        b"1;\0\r\n",
    ],
)
def test_broken_chunks_are_refused_wherever_the_network_cuts_them(body: bytes) -> None:
    for pieces in ([body], [bytes([byte]) for byte in body]):
        chunks, _ = read(pieces)
        assert chunks.error is not None and chunks.error.code == "bad_request"


@pytest.mark.parametrize("body", [b"3E9\r\n", b"3E8\r\n" + b"x" * 1000 + b"\r\n1\r\n"])
def test_a_chunk_beyond_the_bound_is_refused_by_its_size(body: bytes) -> None:
    chunks, _ = read([body])
    assert chunks.error is not None and chunks.error.code == "body_too_large"


def test_many_chunks_of_a_byte_are_refused_and_of_a_dozen_are_not() -> None:
    chunks, _ = read([b"1\r\na\r\n" * 10_000], limit=1_000_000)
    assert chunks.error is not None and chunks.error.code == "bad_request"
    chunks.getbuf().close()
    chunks, _ = read([b"C\r\nabcdefghijkl\r\n" * 80_000 + b"0\r\n\r\n"], limit=1_000_000)
    assert chunks.completed and chunks.error is None
    chunks.getbuf().close()


@pytest.mark.parametrize("body", [b"1;" + b"a" * 2000, b"0\r\n" + b"A: b\r\n" * 3000])
def test_neither_a_line_nor_the_trailers_are_endless(body: bytes) -> None:
    chunks, _ = read([body])
    assert chunks.error is not None
