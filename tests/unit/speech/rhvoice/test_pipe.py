from __future__ import annotations

from pathlib import Path

from app.engines.speech.rhvoice.pipe import collecting


def test_what_is_written_by_several_openings_is_kept_whole(tmp_path: Path) -> None:
    with collecting(tmp_path / "pipe") as gathered:
        for word in ("one ", "two"):
            (tmp_path / "pipe").write_text(word)
    assert gathered.decode() == "one two"


def test_more_than_a_pipe_holds_does_not_stop_its_writer(tmp_path: Path) -> None:
    with collecting(tmp_path / "pipe") as gathered:
        (tmp_path / "pipe").write_bytes(b"x" * 1_000_000)
    assert len(gathered) == 1_000_000


def test_a_pipe_to_which_nothing_is_written_has_an_end(tmp_path: Path) -> None:
    with collecting(tmp_path / "pipe") as gathered:
        pass
    assert not gathered
