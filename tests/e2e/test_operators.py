"""What whoever operates the service meets: starts that cannot work, and what goes wrong later."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psutil
import pytest

import config
from app import bootstrap
from app.worker.worker import Worker
from tests.e2e.conftest import (
    SAMPLES,
    START_SECONDS,
    Service,
    environment_of,
    wait_until_up,
)
from tests.process.family import wait_until
from tests.services.programs import free_port

pytestmark = pytest.mark.slow

DEFUNCT_SECONDS = 1.0


def no_database(place: Path) -> None:
    (place / "data").mkdir()
    (place / "data" / "jobs.db").write_bytes(b"no database" * 1000)


def newer_version(place: Path) -> None:
    store = bootstrap.store(settings_of(place))
    store.migrate()
    store.close()
    with closing(sqlite3.connect(place / "data" / "jobs.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0999'")
        database.commit()


def another_folder(place: Path) -> None:
    bootstrap.opened_store(settings_of(place)).close()
    (place / "data" / "identity").write_text("0" * 32, encoding="ascii")


def another_program(place: Path) -> None:
    (place / "data").mkdir()
    with closing(sqlite3.connect(place / "data" / "jobs.db")) as database:
        database.execute("CREATE TABLE pupil (name TEXT)")


def logs_are_a_file(place: Path) -> None:
    (place / "logs").touch()


def settings_of(place: Path) -> config.Settings:
    return config.load(paths=config.Paths(data=place / "data", logs=place / "logs"))


RENDER = [
    "render", "--id", "7", "--face", str(SAMPLES / "lecturer-man.jpg"), "--out", "out",
    "--voice", str(SAMPLES / "voice.wav"), "--text", str(SAMPLES / "lecture-en.txt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "prepare", "said"),
    [
        (["up"], newer_version, "newer version"),
        (["serve"], another_folder, "belongs to the data folder"),
        (["worker"], no_database, "damaged or no database"),
        (RENDER, another_program, "another program"),
        (["demo", "--out", "OUT"], logs_are_a_file, "is no folder"),
        (["clean", "--older-than", "1d"], another_folder, "belongs to the data folder"),
        (["up", "--host", "192.0.2.7"], lambda _: None, "address of this machine"),
    ],
)
def test_a_start_that_cannot_work_says_one_sentence(
    tmp_path: Path, models: Path, command: list[str], prepare: Callable[[Path], None], said: str
) -> None:
    prepare(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "app", *(part.replace("OUT", f"{tmp_path}/o") for part in command)],
        cwd=config.ROOT,
        env=environment_of(tmp_path, models),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1 and said in done.stderr, done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["app", "up", "--host", "0.0.0.0", "--port", "PORT"],
        ["app", "serve", "--host", "0.0.0.0", "--port", "PORT"],
        ["gunicorn", "wsgi:application", "--bind", "0.0.0.0:PORT", "--no-control-socket"],
    ],
)
def test_a_service_that_others_reach_starts_with_a_key_only(
    tmp_path: Path, models: Path, command: list[str]
) -> None:
    port = str(free_port())
    words = [sys.executable, "-m", *(part.replace("PORT", port) for part in command)]
    done = subprocess.run(
        words,
        cwd=config.ROOT,
        env=environment_of(tmp_path, models),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    (told,) = [line for line in done.stderr.splitlines() if line.startswith("bad_config: ")]
    assert "keys create" in told and "server.allow_anonymous" in told


def test_a_data_folder_that_was_lost_is_adopted(tmp_path: Path, models: Path) -> None:
    another_folder(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "app", "adopt"],
        cwd=config.ROOT,
        env=environment_of(tmp_path, models),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "belongs to" in done.stdout) == (0, True), done.stderr
    bootstrap.opened_store(settings_of(tmp_path)).close()


def test_the_doctor_tells_of_another_data_folder_and_of_a_taken_port(
    tmp_path: Path, models: Path
) -> None:
    another_folder(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(0)
        environment = environment_of(tmp_path, models)
        environment |= {"VIDEOLECTURE_SERVER__PORT": str(other.getsockname()[1])}
        done = subprocess.run(
            [sys.executable, "-m", "app", "doctor", "--engine", "hibari"],
            cwd=config.ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert "FAIL  data folder: the job store" in done.stdout
    assert "FAIL  port: cannot listen" in done.stdout


def test_a_worker_whose_database_is_damaged_tells_it_once_and_goes_on_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr("app.jobs.store.faults.QUIET_SECONDS", 2.0)
    settings = settings_of(tmp_path)
    worker = Worker(settings, queues={"speech": 2})
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        wait_until(lambda: "worker started" in caplog.text)
        database = tmp_path / "data" / "jobs.db"
        with closing(sqlite3.connect(database)) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = database.read_bytes()
        with database.open("r+b") as file:
            file.write(b"\xff" * len(whole))
        wait_until(lambda: "in trouble" in caplog.text)
        time.sleep(3)
        assert caplog.text.count("in trouble") <= 2 and "Traceback" not in caplog.text
        with database.open("r+b") as file:
            file.write(whole)
        wait_until(lambda: "works again" in caplog.text)
    finally:
        worker.stop()
        thread.join()


@contextmanager
def defunct(service: Service) -> Iterator[dict[tuple[int, float], float]]:
    """How long each process that ended meanwhile was not buried, by pid and birth."""
    first: dict[tuple[int, float], float] = {}
    lasted: dict[tuple[int, float], float] = {}
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            now = time.monotonic()
            for process in service.processes():
                try:
                    if process.status() == psutil.STATUS_ZOMBIE:
                        key = (process.pid, process.create_time())
                        lasted[key] = now - first.setdefault(key, now)
                except psutil.NoSuchProcess:
                    continue

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield lasted
    finally:
        over.set()
        thread.join()


def test_nothing_that_has_ended_stays_defunct(service: Service) -> None:
    text = service.place / "lecture.txt"
    text.write_text("Every packet carries a number. " * 6, encoding="utf-8")
    with defunct(service) as lasted:
        for number in range(1, 5):
            service.post(
                {
                    "id": number,
                    "face_path": str(SAMPLES / "lecturer-man.jpg"),
                    "voice_path": str(SAMPLES / "voice.wav"),
                    "lecture_text_path": str(text),
                    "generated_dir_path": str(service.place / str(number)),
                    "speech_engine": "hibari",
                    "size": 256,
                }
            )
        service.wait_until(1, lambda state: state["progress"] > 0)
        for number in range(2, 5):
            service.get(f"/generate/cancel?id={number}")
        _kill(service, "app.worker.child")
        _kill(service, "examiner")
        service.wait_until(1, lambda state: bool(state["state"] == "done"))
        # Whatever has ended, nobody asks for it any more.
        _kill(service, "app.worker.child")
        _kill(service, "examiner")
        time.sleep(2 * DEFUNCT_SECONDS)
    stayed = [seconds for seconds in lasted.values() if seconds > DEFUNCT_SECONDS]
    assert stayed == []


def _kill(service: Service, what: str) -> None:
    """Kill the programs, not their reapers, whose command names this."""
    for process in service.processes():
        with suppress(psutil.NoSuchProcess):
            command = process.cmdline()
            if any(what in word for word in command) and "-S" not in command:
                process.kill()


def test_up_goes_on_when_nobody_reads_its_errors(tmp_path: Path, models: Path) -> None:
    reading, writing = os.pipe()
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "app", "up", "--port", str(port)],
        cwd=config.ROOT,
        env=environment_of(tmp_path, models),
        stdout=subprocess.DEVNULL,
        stderr=writing,
    ) as process:
        os.close(writing)
        os.close(reading)
        try:
            running = Service(f"http://127.0.0.1:{port}", tmp_path, psutil.Process(process.pid))
            wait_until_up(running, tmp_path / "logs" / "app.log")
            _kill(running, "gunicorn")
            wait_until(lambda: "starts again" in (tmp_path / "logs" / "app.log").read_text())
            wait_until_up(running, tmp_path / "logs" / "app.log")
            process.send_signal(signal.SIGTERM)
            assert process.wait(START_SECONDS) == 0
        finally:
            process.kill()
