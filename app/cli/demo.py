"""``demo``: the real service, asked for a lecture the way an LMS asks.

Starts gunicorn and a worker on a free port, posts the sample lecture, follows its
progress, stops the service and says where the results are.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import config
from app.cli import CALLERS_MISTAKE, service
from app.cli.keeper import reason
from app.cli.render import progress_bar
from app.disk import writable_folder
from app.errors import ConfigError, EngineError, InputError
from app.process.child import Child

FACE = config.ROOT / "samples" / "lecturer-woman.jpg"
VOICE = config.ROOT / "samples" / "voice.wav"
TEXT = config.ROOT / "samples" / "lecture-en.txt"
OUT = config.ROOT / "generated" / "demo"
LECTURE_ID = 1
START_SECONDS = 60.0
STOP_SECONDS = 15.0
"""More than the service gives its own processes."""
POLL_SECONDS = 0.3


def demo(settings: config.Settings, asked: argparse.Namespace) -> int:
    """Make the sample lecture, or the user's own.  Returns the exit status."""
    files = {
        "face_path": asked.face.absolute(),
        "voice_path": asked.voice.absolute(),
        "lecture_text_path": asked.text.absolute(),
    }
    out = asked.out.absolute()
    writable_folder(out.parent, "--out")
    roots = sorted({str(path.parent) for path in files.values()} | {str(out.parent)})
    body: dict[str, Any] = {name: str(path) for name, path in files.items()}
    body |= {"generated_dir_path": str(out), "id": LECTURE_ID, "restart": True}
    started = time.monotonic()
    with _service(settings, roots) as url:
        answer = _post(f"{url}/generate", body)
        print(json.dumps(answer, ensure_ascii=False), flush=True)
        if answer["error"]:
            raise InputError(answer["message"])
        _follow(f"{url}/generate/status?id={LECTURE_ID}")
    _report(out, time.monotonic() - started)
    return _show(settings)


def _show(settings: config.Settings) -> int:
    """Say where the lecture can be watched; at a terminal, offer to go there."""
    studio = service.studio(settings, settings.server.host, settings.server.port)
    address = f"{studio}studio/lectures/lms-{LECTURE_ID}"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(f"studio    make run, then {address}")
        return 0
    print(f"studio    {address}")
    answer = input("Start the service and show it in a browser? [Y/n] ")
    if answer.strip().lower() in ("n", "no"):
        return 0
    threading.Thread(target=_browse, args=(studio, address), daemon=True).start()
    return service.up(settings, argparse.Namespace(host=None, port=None))


def _browse(studio: str, address: str) -> None:
    """Open the address in a browser, if there is one, as soon as the service answers."""
    if _answers(f"{studio}ping", lambda: True):
        webbrowser.open(address)


@contextmanager
def _service(settings: config.Settings, roots: list[str]) -> Iterator[str]:
    """The service on a free port, its log in a file; stopped at the end."""
    port = _free_port()
    environment = {
        **os.environ,
        "VIDEOLECTURE_PATHS__ROOTS": json.dumps(roots),
        "VIDEOLECTURE_STORAGE__SAMPLES": "false",  # nobody will look at their previews
    }
    command = [sys.executable, "-m", "app", "up", "--host", "127.0.0.1", "--port", str(port)]
    with (
        tempfile.TemporaryFile() as output,
        Child(
            command,
            name="the service",
            cwd=config.ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            errors=subprocess.STDOUT,
            grace=STOP_SECONDS,
        ) as running,
    ):
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/ping", running, settings.paths.logs)
        except EngineError as error:
            if running.wait(0) != CALLERS_MISTAKE:
                raise
            output.seek(0)
            raise ConfigError(reason(output.read().decode().splitlines())) from error
        yield f"http://127.0.0.1:{port}"


def _wait_until_up(ping: str, running: Child, logs: Path) -> None:
    if not _answers(ping, running.is_alive):
        raise EngineError(f"the service did not start; see {logs / 'app.log'}")


def _answers(ping: str, is_awaited: Callable[[], bool]) -> bool:
    """Whether a service answers in the time that it has to start, as long as it is awaited."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and is_awaited():
        try:
            with urllib.request.urlopen(ping, timeout=2):  # noqa: S310  (our own address)
                return True
        except OSError:
            time.sleep(0.1)
    return False


def _follow(url: str) -> None:
    """Show the progress until the lecture is done.

    Raises:
        EngineError: It failed or was cancelled.
    """
    with progress_bar() as bar:
        line = bar.add_task("queued", total=1.0)
        while True:
            with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310
                job = json.load(response)["result"]
            doing = f"{job['stage']} {job['number'] or ''}" if job["stage"] else job["state"]
            bar.update(line, completed=job["progress"], description=doing)
            if job["state"] in ("failed", "cancelled"):
                raise EngineError(f"the lecture {job['state']}: {job['error']}")
            if job["state"] == "done":
                return
            time.sleep(POLL_SECONDS)


def _report(out: Path, seconds: float) -> None:
    manifest = json.loads((out / "final" / f"manifest_{LECTURE_ID}.json").read_text("utf-8"))
    print(f"mapping   {json.dumps(manifest['mapping'])}")
    for fragment in manifest["fragments"]:
        print(f"fragment  {out / fragment['audio']}")
        print(f"          {out / fragment['video']}")
    for slide in manifest["slides"]:
        print(f"slide     {out / slide['video'] if slide['video'] else '(nothing spoken)'}")
    voice = manifest["fragments"][0]
    print(f"voice     {voice['voice']} ({voice['voice_fidelity']}, {voice['speech_engine']})")
    ratio = seconds / manifest["duration"]
    print(f"time      {seconds:.1f} s for {manifest['duration']:.1f} s of speech ({ratio:.2f}x)")
    print(f"lecture   {out / manifest['lecture']}")


def _post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310  (our own address)
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as response:  # noqa: S310
            answer: dict[str, Any] = json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            answer = json.load(error)
    return answer


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
