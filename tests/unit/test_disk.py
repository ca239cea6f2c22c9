"""What counts as a full disk, whoever says it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.disk import disk_full, disk_full_named, disk_full_told
from app.errors import DiskFull
from app.media.files import scratch_dir, whole_file
from app.process.child import Child

NO_SPACE = [errno.ENOSPC, errno.EDQUOT, errno.EFBIG]


def code(number: int) -> str:
    return errno.errorcode[number]


@pytest.mark.parametrize("number", NO_SPACE, ids=code)
def test_every_kind_of_no_space_is_a_full_disk(number: int) -> None:
    error = disk_full(OSError(number, os.strerror(number)), "clip.mp4")
    assert str(error) == f"no space left for clip.mp4: {os.strerror(number)}"


def test_other_errors_are_no_full_disk() -> None:
    for error in (PermissionError(errno.EACCES, "no"), OSError("no number"), ValueError("28")):
        assert disk_full(error) is None


def test_an_error_of_another_kind_passes_unchanged() -> None:
    with pytest.raises(PermissionError), disk_full_named("clip.mp4"):
        raise PermissionError(errno.EACCES, "no")


@pytest.mark.parametrize("number", NO_SPACE, ids=code)
def test_a_program_says_it_in_words(number: int) -> None:
    lines = ["muxing overhead: 1 %", f"[out] Error writing trailer: {os.strerror(number)}"]
    assert str(disk_full_told(1, lines, "joining")) == (
        f"no space left for joining: {os.strerror(number)}"
    )


def test_a_program_that_fails_at_something_else_met_no_full_disk() -> None:
    assert disk_full_told(1, ["No such file or directory"], "joining") is None
    assert disk_full_told(128 + signal.SIGKILL, [], "joining") is None


def test_a_program_that_writes_beyond_its_limit_met_a_full_disk(tmp_path: Path) -> None:
    write = (
        "import resource, signal, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10));"
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open(sys.argv[1], 'wb').write(bytes(99))"
    )
    command = [sys.executable, "-c", write, str(tmp_path / "clip")]
    with Child(command, name="a writer", stdin=subprocess.DEVNULL) as writer:
        status = writer.wait(30)
    assert status is not None and disk_full_told(status, [], "writing") is not None


@pytest.mark.parametrize("number", NO_SPACE, ids=code)
def test_a_media_file_without_space_leaves_nothing(tmp_path: Path, number: int) -> None:
    target = tmp_path / "clip.mp4"
    with pytest.raises(DiskFull, match=r"clip\.mp4"), whole_file(target) as part:
        part.write_bytes(b"half")
        raise OSError(number, os.strerror(number))
    with pytest.raises(DiskFull, match=r"clip\.mp4"), scratch_dir(target) as scratch:
        (scratch / "frame").write_bytes(b"half")
        raise OSError(number, os.strerror(number))
    assert list(tmp_path.iterdir()) == []
