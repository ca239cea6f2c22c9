"""Do something as a user who owns nothing: rights on files mean nothing to root."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


def said_without_rights(do: Callable[[], object]) -> str:
    """What an error says that somebody without rights gets, in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(_NOBODY, _NOBODY, _NOBODY)
                os.setresuid(_NOBODY, _NOBODY, _NOBODY)
            do()
            said = ""
        except BaseException as error:  # whatever it is, it must not reach pytest's own frames
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read().decode()
    os.waitpid(child, 0)
    return answer


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter; nobody but its user may enter pytest's own."""
    with tempfile.TemporaryDirectory(prefix="nobody-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
