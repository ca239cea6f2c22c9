"""A small sound file that keeps its decoder busy for a minute."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

from benchmarks.attack.ground import JSON, Ground
from benchmarks.attack.ledger import Promise
from benchmarks.attack.wire import connect, request

OTHERS_SECONDS = 2.0
"""Until others' POST is answered meanwhile."""

GONE_SECONDS = 1.0
"""After the answer to the file, until no decoder works on it."""

PATIENCE_SECONDS = 100.0

HEAD = b"\xff\xf1\x50\x80\x01\x7f\xfc"
"""Of an AAC frame without sound."""

FRAMES = 3_000_000
"""21 MB."""

BEGUN_SECONDS = 5.0
"""Until the decoder has begun."""


def attack(ground: Ground) -> None:
    """Post such files, other callers meanwhile, and look for decoders afterwards."""
    files, frames = (1, 300_000) if ground.short else (4, FRAMES)
    folder = ground.folder("decoder")
    posts = [
        threading.Thread(target=_post, args=(ground, folder, number, frames), daemon=True)
        for number in range(files)
    ]
    for post in posts:
        post.start()
    time.sleep(0.5)
    number, slowest = 0, 0.0
    while any(post.is_alive() for post in posts) and number < 60:
        number += 1
        slowest = max(slowest, _honest_with_a_new_voice(ground, folder, number))
        time.sleep(0.5)
    for post in posts:
        post.join()
    ground.tally.at_most(Promise.IN_TIME, "others' post in seconds", slowest, OTHERS_SECONDS)
    time.sleep(GONE_SECONDS)
    for program in ground.place.programs("ffmpeg"):
        ground.tally.break_(Promise.PROCESSES, f"a decoder after the answer: {program}")
    again = ground.post("the same file again", voice_path=str(folder / "0.aac"))
    ground.tally.at_most(
        Promise.IN_TIME, "the same file again in seconds", again.seconds, OTHERS_SECONDS
    )


def begin(ground: Ground) -> None:
    """Have a decoder at work, and do not wait for it."""
    path = ground.folder("decoder") / "last.aac"
    path.write_bytes(HEAD * FRAMES + b"last")
    body = json.dumps(ground.body(voice_path=str(path))).encode()
    data = request("POST", "/generate", port=ground.port, body=body, headers=[JSON])
    ground.tally.asked()
    with connect(ground.port) as peer:
        peer.sendall(data)
        deadline = time.monotonic() + BEGUN_SECONDS
        while not ground.place.programs("ffmpeg") and time.monotonic() < deadline:
            time.sleep(0.05)


def _post(ground: Ground, folder: Path, number: int, frames: int) -> None:
    path = folder / f"{number}.aac"
    path.write_bytes(HEAD * frames + b"\0" * number)
    body = json.dumps(ground.body(voice_path=str(path))).encode()
    data = request("POST", "/generate", port=ground.port, body=body, headers=[JSON])
    label = f"a file that keeps its decoder busy, {number}"
    # Waited for until its deadline: whoever hangs up does not learn when the decoder is gone.
    answer = ground.send(label, data, patience=PATIENCE_SECONDS)[0]
    ground.expect(label, answer, good=answer.refused or answer.code == "busy")


def _honest_with_a_new_voice(ground: Ground, folder: Path, number: int) -> float:
    """A voice that nobody has heard yet has to be examined."""
    path = folder / f"honest-{number}.wav"
    path.write_bytes((ground.place.root / "voice.wav").read_bytes() + b"\0\0" * number)
    started = time.monotonic()
    answer = ground.honest("POST", "/generate", ground.body(voice_path=str(path)))
    ground.expect("others' post", answer, good=answer.status == 200)
    ground.stop_everything()
    return time.monotonic() - started
