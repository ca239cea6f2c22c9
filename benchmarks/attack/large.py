"""The largest that is allowed, or a little more, and many at once."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.attack.bombs import png
from benchmarks.attack.ground import Ground
from benchmarks.attack.ledger import Promise
from benchmarks.attack.wire import Answer

MAX_TEXT = 1_000_000
"""``lecture.max_text_bytes``."""

LIMITS: Mapping[str, float] = {"text": 2.0, "post": 2.0, "cancel": 1.0, "status": 0.2}
"""Seconds until a large text is accepted or refused, and meanwhile for another lecture."""


def attack(ground: Ground) -> None:
    """Post them, and be somebody else meanwhile."""
    folder = ground.folder("large")
    slides = b"a_;" * ((30_000 if ground.short else MAX_TEXT) // 3)
    _measured(ground, folder, "slides", slides)
    for label, text in ground.some(_texts(30_000 if ground.short else MAX_TEXT)):
        _measured(ground, folder, label, text)
    for label, make in ground.some(_lexicons(), 0.3):
        path = folder / "large.yaml"
        path.write_bytes(make())
        ground.post(f"lexicon: {label}", lexicon_path=str(path))
    ground.stop_everything()
    _picture(ground, folder)
    _many_at_once(ground, folder)


def _texts(size: int) -> Iterator[tuple[str, bytes]]:
    def filled(part: str, *, before: str = "", after: str = "") -> bytes:
        left = size - len(before.encode()) - len(after.encode())
        return (before + part * (left // len(part.encode())) + after).encode()

    yield "sentences", filled("A word or two. ")
    yield "empty slides", filled("_;")
    for label, part in {
        "one word": "a",
        "blanks": " ",
        "line ends": "\n",
        "full stops": ".",
        "digits": "9",
        "groups of digits": "1,",
        "paragraphs": "a\n\n",
        "tags": "<b>",
        "tags that end": "</b>",
        "comments": "<!--",
        "entities": "&amp;",
        "half entities": "&#",
        "stars": "*",
        "stars with letters": "*a ",
        "links": "[a](",
        "brackets": "[",
        "TeX": "$a$ ",
        "braces": "{",
        "commands": "\\frac{a}",
        "back slashes": "\\",
        "quotes": "> ",
        "tables": "|a",
        "code": "`",
        "headings": "# a\n",
        "items": "- a\n",
        "hyphens at ends of lines": "a-\n",
        "soft hyphens": "a\u00ad",
        "accents": "a\u0301",
        "accents on one letter": "\u0301",
        "emoji": "👩\u200d🚀",
        "right to left": "\u202e\u05d0",
        "invisible": "\u200b",
        "abbreviations": "Dr. ",
        "times": "12:30 ",
        "money": "$1,000.50 ",
        "Roman numbers": "MCMXCIX ",
        "addresses": "a@b.c/",
        "capitals": "ABC",
        "Chinese": "漢",
        "delimiters half": "_",
    }.items():
        yield label, filled(part, before="Good morning, everybody. ")


def _lexicons() -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "many words", lambda: b"en:\n" + b"".join(b"  w%d: x\n" % i for i in range(80_000))
    yield "one word", lambda: b"en:\n  a: " + b"x" * 990_000
    yield "many languages", lambda: b"".join(b"l%d: {a: b}\n" % i for i in range(60_000))
    yield "comments", lambda: b"# x\n" * 250_000
    yield "blanks", lambda: b" " * 990_000
    yield "too large", lambda: b"en:\n  a: " + b"x" * 5_000_000


def _measured(ground: Ground, folder: Path, label: str, text: bytes) -> None:
    """A text is accepted or refused in time; others cancel and ask meanwhile."""
    path = folder / f"{label.replace(' ', '-')}.txt"
    path.write_bytes(text)
    got: list[Answer] = []
    chosen = ground.new_id()
    where = {"lecture_text_path": str(path)}
    post = threading.Thread(
        target=lambda: got.append(ground.post(f"text: {label}", id=chosen, **where))
    )
    post.start()
    meanwhile = {"post": 0.0, "cancel": 0.0, "status": 0.0}
    other = ground.body()
    while True:
        # Posted again and again, so that there is something to cancel every time.
        for name, method, target, body in (
            ("post", "POST", "/generate", other),
            ("status", "GET", f"/generate/status?id={other['id']}", None),
            ("cancel", "GET", f"/generate/cancel?id={other['id']}", None),
        ):
            seconds = _seconds(ground, f"{name} during {label}", method, target, body)
            meanwhile[name] = max(meanwhile[name], seconds)
        if not post.is_alive():
            break
    post.join()
    seconds = got[0].seconds if got else 0.0
    for name, value in {"text": seconds, **meanwhile}.items():
        if value > LIMITS[name]:
            told = f"{label}: {name} took {value:.2f} s, at most {LIMITS[name]} s is promised"
            ground.tally.break_(Promise.IN_TIME, told)
    worst = ground.tally.figures
    worst["slowest_text_s"] = max(round(seconds, 2), float(str(worst.get("slowest_text_s", 0))))
    if got and got[0].status == 200:
        ground.ask(f"status of {label}", "GET", f"/generate/status?id={chosen}")
        ground.ask(f"events of {label}", "GET", f"/generate/status?id={chosen}&events=0")
        answer = ground.ask(f"cancel of {label}", "GET", f"/generate/cancel?id={chosen}")
        ground.expect(f"cancel of {label}", answer, good=answer.status == 200)


def _seconds(
    ground: Ground, label: str, method: str, target: str, body: dict[str, object] | None
) -> float:
    started = time.monotonic()
    answer = ground.honest(method, target, body)
    # A lecture that is still being cancelled is not started again yet.
    good = answer.status == 200 or (method == "POST" and answer.status == 409)
    ground.expect(label, answer, good=good)
    return time.monotonic() - started


def _picture(ground: Ground, folder: Path) -> None:
    """A picture of 200 megapixels in a few kilobytes, and one of 201."""
    for height in (10_000, 10_050):
        path = folder / f"{height}.png"
        packer = zlib.compressobj(9)
        line = b"\0" + b"\x55" * 2_500
        data = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
        path.write_bytes(png(20_000, height, data))
        answer = ground.post(f"picture of 20000 x {height}", face_path=str(path))
        ground.expect("a picture without a face", answer, good=answer.refused)


def _many_at_once(ground: Ground, folder: Path) -> None:
    """Callers that all post something new at the same moment."""
    picture = (ground.place.root / "face.jpg").read_bytes()

    def post(number: int) -> None:
        path = folder / f"face-{number}.jpg"
        path.write_bytes(picture + b"\0" * number)
        ground.post(f"one of many at once, {number}", face_path=str(path))

    callers = [threading.Thread(target=post, args=(n,)) for n in range(8 if ground.short else 40)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    ground.stop_everything()
