"""Files that name other files: playlists, documents, containers with external data, recipes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.attack import reference_files
from benchmarks.attack.ground import Ground
from benchmarks.attack.reference_files import Make

SOUND_SUFFIXES = (".wav", ".mp3", ".m3u8", ".mp4", "")
PICTURE_SUFFIXES = (".jpg", ".svg", ".png")


def attack(ground: Ground) -> None:
    """Give each of them for whatever it could be taken for."""
    folder = ground.folder("references")
    targets = _targets(ground)
    _sounds(ground, folder, targets)
    _pictures(ground, folder, targets)
    _texts(ground, folder, targets)
    _lexicons(ground, folder, targets)


def _targets(ground: Ground) -> list[str]:
    """What is named: an address that nobody should connect to, or a file outside."""
    outside, port = ground.outside.folder, ground.listener.port
    sound = outside / "voice.wav"
    return [
        f"{ground.listener.url}/voice.wav",
        str(sound),
        f"file://{sound}",
        f"tcp://127.0.0.1:{port}",
        f"rtmp://127.0.0.1:{port}/live/x",
        f"rtsp://127.0.0.1:{port}/x",
        f"ftp://127.0.0.1:{port}/x",
        f"concat:{sound}|{sound}",
        f"subfile,,start,0,end,9000,,:{sound}",
        f"crypto:{sound}",
        f"cache:{ground.listener.url}/x",
        f"hls+{ground.listener.url}/x.m3u8",
        "../../outside/voice.wav",
        "/proc/self/environ",
    ]


def _sounds(ground: Ground, folder: Path, targets: list[str]) -> None:
    wanted = [
        (name, make, target, suffix)
        for name, make in reference_files.SOUNDS.items()
        for number, target in enumerate(targets)
        for suffix in (SOUND_SUFFIXES if number < 2 else SOUND_SUFFIXES[:1])
    ]
    _post_each(ground, folder, "voice", wanted)


def _pictures(ground: Ground, folder: Path, targets: list[str]) -> None:
    pictures = [targets[0], str(ground.outside.folder / "face.jpg"), targets[-1]]
    wanted = [
        (name, make, target, suffix)
        for name, make in reference_files.PICTURES.items()
        for target in pictures
        for suffix in PICTURE_SUFFIXES
    ]
    _post_each(ground, folder, "face", wanted)


def _post_each(
    ground: Ground, folder: Path, what: str, files: Sequence[tuple[str, Make, str, str]]
) -> None:
    """Post files, each of a name, how it is made, what it names, and its suffix."""
    for number, (name, make, target, suffix) in enumerate(ground.some(files, 0.06)):
        path = folder / f"{name}-{number}{suffix}"
        path.write_bytes(make(target))
        label = f"{what}: {name}{suffix} naming {target}"
        answer = ground.post(label, **{f"{what}_path": str(path)})
        ground.expect(label, answer, good=answer.refused)


def _texts(ground: Ground, folder: Path, targets: list[str]) -> None:
    """A text may be accepted as what it says; it must not be followed."""
    for name, make in ground.some(reference_files.TEXTS.items(), 0.3):
        for number, target in enumerate((targets[0], str(ground.outside.secret))):
            path = folder / f"{name}-{number}.txt"
            path.write_bytes(make(target))
            ground.post(f"text: {name} naming {target}", lecture_text_path=str(path))
    ground.stop_everything()


def _lexicons(ground: Ground, folder: Path, targets: list[str]) -> None:
    made = ground.outside.folder / "made-by-a-lexicon"
    for name, text in ground.some(reference_files.LEXICONS.items(), 0.3):
        for number, target in enumerate((targets[0], str(ground.outside.secret))):
            path = folder / f"{name}-{number}.yaml"
            path.write_text(text.replace("TARGET", target).replace("MADE", str(made)))
            ground.post(f"lexicon: {name} naming {target}", lexicon_path=str(path))
    ground.stop_everything()
