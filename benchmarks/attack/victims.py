"""What must stay untouched: files outside the roots, and a port that nobody should connect to."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import config

MARKER = "tangerine-velocipede"
"""Stands in every file outside; whoever has it has read one."""

_LONG_AGO = 1_000_000_000
"""Time of every file outside: any access shows, also where only the first of a day is noted."""


@dataclass(frozen=True, slots=True)
class _Seen:
    mode: int
    modified: int
    read: int
    content: str


class Outside:
    """A folder of somebody else, beside the roots."""

    def __init__(self, folder: Path) -> None:
        """Fill it with what a lecture could be made from, and with what it could overwrite."""
        self.folder = folder
        samples = config.ROOT / "samples"
        mark = f"\n{MARKER}\n".encode()
        for name, content in {
            "face.jpg": (samples / "lecturer-man.jpg").read_bytes() + mark,
            "voice.wav": (samples / "voice.wav").read_bytes() + mark,
            "lecture.txt": b"Somebody else wrote this, and it is nobody's business." + mark,
            "lexicon.yaml": b"en:\n  packets: parcels\n# " + mark,
            "config.ini": b"[somebody else]\n" + mark,
            "final/lecture_1.mp4": b"a video of somebody else" + mark,
            "audio_fragments/readme.txt": b"a folder of somebody else" + mark,
            "video_fragments/readme.txt": b"a folder of somebody else" + mark,
            "combined/readme.txt": b"a folder of somebody else" + mark,
            "generated/readme.txt": b"a folder of somebody else" + mark,
        }.items():
            # "lower": what is found below this folder when one above is taken for it.
            for path in (folder / name, folder / "lower" / name):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        self.arm()

    @property
    def secret(self) -> Path:
        """A file to be read or written by mistake."""
        return self.folder / "config.ini"

    def arm(self) -> None:
        """Note how everything is, so that :meth:`changes` tells what was touched since."""
        for path in self._paths():
            os.utime(path, (_LONG_AGO, _LONG_AGO), follow_symlinks=False)
        self._before = self._look()

    def changes(self) -> list[str]:
        """What was read, written, made or removed, in words."""
        now = self._look()
        told = [f"made {name}" for name in now.keys() - self._before.keys()]
        told += [f"removed {name}" for name in self._before.keys() - now.keys()]
        for name in now.keys() & self._before.keys():
            before, after = self._before[name], now[name]
            if (before.content, before.mode, before.modified) != (
                after.content,
                after.mode,
                after.modified,
            ):
                told.append(f"changed {name}")
            elif before.read != after.read:
                told.append(f"read {name}")
        return sorted(told)

    def owns(self, path: Path) -> bool:
        """Whether a file is one of these under another name, a hard link."""
        status = path.stat()
        return any(os.path.samestat(status, each.stat()) for each in self._paths())

    def _paths(self) -> list[Path]:
        return [self.folder, *self.folder.rglob("*")]

    def _look(self) -> dict[str, _Seen]:
        return {str(path.relative_to(self.folder.parent)): _see(path) for path in self._paths()}


def _see(path: Path) -> _Seen:
    status = path.lstat()
    content = ""
    if stat.S_ISREG(status.st_mode):
        # O_NOATIME: looking is no reading.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOATIME), "rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
    # Listing the folders here is reading them; only files tell who read.
    read = status.st_atime_ns if content else 0
    return _Seen(status.st_mode, status.st_mtime_ns, read, content)


def notes_reading(folder: Path) -> bool:
    """Whether this file system notes that a file was read."""
    probe = folder / "probe"
    probe.write_bytes(b"?")
    os.utime(probe, (_LONG_AGO, _LONG_AGO))
    probe.read_bytes()
    noted = probe.stat().st_atime != _LONG_AGO
    probe.unlink()
    return noted


def holders(folders: Iterable[Path], outside: Outside, wanted: bytes) -> list[str]:
    """Files below the folders that hold those bytes, but for links to what is outside."""
    found = []
    for folder in folders:
        for parent, _, names in os.walk(folder, onerror=None):
            for name in names:
                path = Path(parent, name)
                if _is_plain(path) and not outside.owns(path) and _holds(path, wanted):
                    found.append(str(path))
    return found


_LARGEST = 64_000_000
"""Larger files are made by the attacks themselves."""


def _is_plain(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST


def _holds(path: Path, wanted: bytes) -> bool:
    try:
        return wanted in path.read_bytes()
    except OSError:
        return False


class Listener:
    """A port that counts who connects."""

    def __init__(self, server: socket.socket) -> None:
        self.port: int = server.getsockname()[1]
        self.connections = 0
        self._server = server

    @property
    def url(self) -> str:
        """Where it listens, for a reference."""
        return f"http://127.0.0.1:{self.port}"

    def listen(self) -> None:
        """Count until it is closed."""
        while True:
            try:
                peer, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            peer.close()


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = Listener(server)
        thread = threading.Thread(target=listener.listen, daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)
