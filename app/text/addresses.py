"""Web addresses, e-mail, paths and file names, cut into what is said of them."""

from __future__ import annotations

import re

from app.text.tables import words

_DOMAINS = """
com org net edu gov mil int info biz io ai dev app ru su рф uk us de fr es it
eu ca au jp cn ch at be nl pl cz se no fi ua by kz me tv co
"""
_FILES = """
py ipynb txt csv tsv json yaml yml xml html htm css js ts jsx tsx c h cpp hpp cc rs go java
class jar
rb php sh bat exe dll so zip gz tar rar 7z pdf doc docx xls xlsx ppt pptx odt tex bib md rst log ini
cfg conf toml lock png jpg jpeg gif svg webp bmp tif tiff mp3 mp4 wav ogg flac avi mov mkv webm srt
vtt sql db onnx pt pth npz npy f90 lua pl swift kt scala
"""
_URL = re.compile(r"(?:https?|ftp)://(?P<rest>\S+)", re.IGNORECASE)
_BARE = re.compile(
    rf"(?:[\w-]+\.)+(?:{'|'.join(words(_DOMAINS))})(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_WWW = re.compile(r"www\.\S+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_FILE = re.compile(rf"[\w.-]*[^\W\d_][\w-]+\.(?:{'|'.join(words(_FILES))})", re.IGNORECASE)
_PATH = re.compile(r"(?:[~.]{0,2}|[A-Za-z]:)[/\\](?:[\w.-]+[/\\])*[\w.-]*")
_PART_MARKS = frozenset("./\\@")
"""Every address has one of them."""
_LONGEST = 2000
"""Characters; browsers take no longer ones, and the patterns take time by the square."""
_MARK = re.compile(r"(?<=[^\W_])(?=[^\w]|_)|(?<=[\W_])|(?=[\W_])")


def address(core: str) -> list[str]:
    """Parts and the marks between them; empty for anything that is no address.

    >>> address("https://example.com/a-b/")
    ['example', '.', 'com', '/', 'a', '-', 'b']
    >>> address("and/or"), address("main.py"), address("3.5")
    ([], ['main', '.', 'py'], [])
    """
    if len(core) > _LONGEST or _PART_MARKS.isdisjoint(core):
        return []
    url = _URL.fullmatch(core)
    if url:
        return _cut(url["rest"])
    if any(pattern.fullmatch(core) for pattern in (_WWW, _MAIL, _BARE, _FILE, _PATH)):
        return _cut(core) if re.search(r"[^\W_]", core) else []
    return []


def _cut(text: str) -> list[str]:
    return [part for part in _MARK.split(text.rstrip("/")) if part]
