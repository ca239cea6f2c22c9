"""Paths that lead somewhere else, or nowhere, or to no file."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.attack.ground import Ground
from benchmarks.attack.place import FORGED, modes_bind

INPUTS: Mapping[str, str] = {
    "face_path": "face.jpg",
    "voice_path": "voice.wav",
    "lecture_text_path": "lecture.txt",
    "lexicon_path": "lexicon.yaml",
}
"""Keys that name a file to read, and what it is called below the root."""

OUTPUT = "generated_dir_path"


def attack(ground: Ground) -> None:
    """Name every one of them in every key."""
    folder = ground.folder("paths")
    with _furnished(folder):
        for key, name in INPUTS.items():
            wanted = [*_anywhere(ground, folder, name), *_no_files(ground, folder)]
            for label, path in ground.some(wanted):
                _refused(ground, f"{key} {label}", key, path)
        for label, path in ground.some([*_anywhere(ground, folder, "new"), *_no_folders(folder)]):
            _refused(ground, f"{OUTPUT} {label}", OUTPUT, path)
        for label, path in ground.some(_odd_names(folder), 0.5):
            _no_fault(ground, label, path)
        _done_lecture_whose_folder_is_locked(ground, folder)


def _refused(ground: Ground, label: str, key: str, path: str) -> None:
    answer = ground.post(label, **{key: path})
    ground.expect(label, answer, good=answer.status == 400)


def _no_fault(ground: Ground, label: str, path: str) -> None:
    """What may be accepted or not."""
    for key in (*INPUTS, OUTPUT):
        ground.post(f"{key} {label}", **{key: path})


@contextmanager
def _furnished(folder: Path) -> Iterator[None]:
    """A folder with everything in it that is no ordinary file."""
    (folder / "plain").write_text("a plain file")
    (folder / "empty").touch()
    (folder / "folder").mkdir()
    with (folder / "sparse").open("wb") as sparse:
        sparse.truncate(1 << 40)
    os.mkfifo(folder / "fifo")
    (folder / "loop").symlink_to("loop")
    (folder / "there").symlink_to("back")
    (folder / "back").symlink_to("there")
    (folder / "up").symlink_to("up/up")
    for number in range(60):
        (folder / f"chain-{number}").symlink_to(f"chain-{number + 1}")
    (folder / "chain-60").symlink_to("plain")
    for name, mode in (("locked", 0o700), ("shut", 0o700), ("unreadable", 0o600)):
        path = folder / name
        path.mkdir(mode) if name != "unreadable" else path.write_text("nobody's")
    (folder / "locked" / "file").write_text("in a folder that nobody may enter")
    (folder / "locked").chmod(0)
    (folder / "shut").chmod(0o500)
    (folder / "unreadable").chmod(0)
    with closing(socket.socket(socket.AF_UNIX)) as server:
        here = Path.cwd()
        os.chdir(folder)  # a socket's name is short
        server.bind("socket")
        os.chdir(here)
        try:
            yield
        finally:
            (folder / "locked").chmod(0o700)
            (folder / "shut").chmod(0o700)
            (folder / "unreadable").chmod(0o600)


def _anywhere(ground: Ground, folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """Ways out of the root, to what is there or not."""
    outside, root = ground.outside.folder, ground.place.root
    yield "outside", str(outside / name)
    yield "up and outside", f"{folder}/../../outside/{name}"
    yield "up, written twice", f"{root}/..//..///{root.parent.name}/outside/{name}"
    yield "through a file", f"{root}/face.jpg/../../outside/{name}"
    yield "up beyond /", f"{root}{'/..' * 60}{outside}/{name}"
    yield "beginning with //", f"/{outside}/{name}"
    yield "a name that begins as the root", f"{root}side/{name}"
    for number, target in enumerate(_targets(ground, name)):
        link = folder / f"{name}-link-{number}"
        link.symlink_to(target)
        yield f"a link to {target}", str(link)
        yield f"itself {target}", target
    (folder / f"{name}-dir").symlink_to(outside)
    yield "below a linked folder", str(folder / f"{name}-dir" / name)
    (folder / f"{name}-dirs").symlink_to(f"{name}-dir")
    yield "below a link to a link", str(folder / f"{name}-dirs" / "." / name)
    (folder / f"{name}-relative").symlink_to(f"../../outside/{name}")
    yield "a relative link", str(folder / f"{name}-relative")
    for wrong in (*_not_absolute(ground, name), *_not_a_name(root / name), *_too_long(folder)):
        yield f"written {wrong[:60]!r}", wrong


def _targets(ground: Ground, name: str) -> Iterator[str]:
    """Where a link may lead."""
    outside, data = ground.outside.folder, ground.place.data
    yield str(outside / name)
    yield str(ground.outside.secret)
    yield str(data / "jobs.db")
    yield str(data / "inputs")
    yield str(data)
    yield from (
        "/etc/passwd",
        "/etc/shadow",
        "/proc/self/environ",
        "/proc/self/mem",
        "/proc/self/maps",
        "/proc/self/exe",
        "/proc/self/fd/0",
        "/proc/self/fd/3",
        "/proc/self/cwd/config.yaml",
        "/proc/thread-self/environ",
        "/proc/1/environ",
        f"/proc/self/root{outside}/{name}",
        "/sys/kernel/notes",
        "/dev/zero",
        "/dev/null",
        "/dev/urandom",
        "/dev/stdin",
        "/dev/fd/3",
        "/dev/tty",
        "/dev/shm",  # noqa: S108  (to be refused)
        "/",
    )


def _not_absolute(ground: Ground, name: str) -> Iterator[str]:
    root = ground.place.root
    yield from ("", ".", "..", "~", f"~/{name}", name, f"./{name}", f"../outside/{name}")
    yield from (f"file://{root}/{name}", f"file:{root}/{name}", f"{ground.listener.url}/{name}")
    yield from (f"\\\\127.0.0.1\\share\\{name}", f"C:\\{name}", "-i", "-", "|id", "&1", "fd:3")
    yield from (
        f"concat:{root}/{name}|/etc/passwd",
        f"pipe:{root}",
        "$(id)",
        "`id`",
        " /etc/passwd",
    )


def _not_a_name(path: Path) -> Iterator[str]:
    yield from (f"{path}\0", f"{path}\0.png", f"\0{path}", f"{path}\ud800", f"/\udfff{path}")
    yield f"{path}/x"
    yield from (f"{path}\n{path}", f"{path}/..%2f..%2fetc", f"{path}/%00")


def _too_long(folder: Path) -> Iterator[str]:
    for name in (
        "a" * 256,
        "Л" * 150,
        "a" * 5000,
        "a/" * 2500,
        "../" * 1500,
        "a" * 250 + "/" * 4000,
    ):
        yield f"{folder}/{name}/x"


def _no_files(ground: Ground, folder: Path) -> Iterator[tuple[str, str]]:
    for name in ("empty", "folder", "sparse", "fifo", "socket", "loop", "there", "up"):
        yield f"a {name}", str(folder / name)
    for name in ("missing", "plain/x", "fifo/x", "loop/x", "there/x", "missing/missing"):
        yield f"nothing at {name}", str(folder / name)
    yield "the root itself", str(ground.place.root)
    if modes_bind():
        yield "in a locked folder", str(folder / "locked" / "file")
        yield "missing in a locked folder", str(folder / "locked" / "missing")
        yield "unreadable", str(folder / "unreadable")


def _no_folders(folder: Path) -> Iterator[tuple[str, str]]:
    for name in ("plain", "fifo", "socket", "loop", "there", "up", "empty"):
        yield f"a {name}", str(folder / name)
        yield f"below a {name}", str(folder / name / "new")
    yield "two levels that are missing", str(folder / "missing" / "missing")
    if modes_bind():
        yield "a locked folder", str(folder / "locked")
        yield "in a locked folder", str(folder / "locked" / "new")
        yield "in a folder that is shut", str(folder / "shut" / "new")
        yield "a folder that is shut", str(folder / "shut")


def _odd_names(folder: Path) -> Iterator[tuple[str, str]]:
    for name in (
        " ",
        "a b",
        "a\nb",
        "a\tb",
        "\x1b[31m",
        "a'b",
        'a"b',
        "$(id)",
        "`id`",
        ";id",
        "|id",
    ):
        yield repr(name), str(folder / name)
    for name in (
        "-i",
        "--help",
        "%s%n",
        "{0}",
        "\u202egnp.exe",
        "\u200b",
        "e\u0301",
        "é",
        "ß",
        "\ufeff",
    ):
        yield repr(name), str(folder / name)
    yield "dots in other words", str(folder / "%2e%2e")
    yield "a line of a log", f"{folder}/x\n{FORGED}"
    yield "a chain of 60 links", str(folder / "chain-0")
    yield "a file with a slash behind", f"{folder / 'plain'}/"
    yield "a file with a dot behind", f"{folder / 'plain'}/."
    for name in ("http:", "concat:x|y", "%d", "%05d.png", "*", "?", "[a]", "@x", "CON", "a.png[0]"):
        yield repr(name), str(folder / name)


def _done_lecture_whose_folder_is_locked(ground: Ground, folder: Path) -> None:
    """Posted again, a lecture is looked for where it was published."""
    output = folder / "of-a-lecture" / "generated"
    output.parent.mkdir()
    body = ground.body(generated_dir_path=str(output))
    ground.honest("POST", "/generate", body)
    output.parent.chmod(0)
    try:
        if modes_bind():
            ground.post("a lecture whose folder is locked now", **body)
    finally:
        output.parent.chmod(0o700)
