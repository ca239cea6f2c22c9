"""What an older version left behind goes on: see ``before/README.md``."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, insert, select, text

from app.jobs import migrations
from app.jobs.lecture import lecture_submission
from app.jobs.store import needed, reading, transitions
from app.jobs.store.database import Database
from app.jobs.store.job import JobKey, Submission
from app.jobs.store.store import Job, JobState
from app.jobs.store.tables import step
from app.lecture import Fragment, Lecture, Slide
from app.steps import Recipe, Step, lecture_of, plan
from app.web.lms.status import as_result
from app.worker.worker import Worker
from tests.jobs.conftest import Site, open_site
from tests.jobs.stand_ins import WORKSHOP
from tests.services.postgresql import PostgreSQL
from tests.unit.jobs.conftest import BOTH

pytestmark = pytest.mark.slow

BEFORE = Path(__file__).parent / "before"
RECIPE = Recipe("speech engine", "face engine", "voice", "image")
LMS, SHELL = "lms", "shell"
AHEAD_OF_ANY_CLOCK = 1e9
"""Seconds since a machine started: 31 years."""


@pytest.fixture(params=BOTH)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """That data in a folder of today, the store migrated."""
    with tarfile.open(BEFORE / "files.tar.gz") as files:
        # Debian 12's Python has no ``filter`` yet, later ones warn where none is chosen.
        files.extraction_filter = getattr(tarfile, "data_filter", None)
        files.extractall(tmp_path)
    # As its request made it; what nothing was published to is not in the archive.
    (tmp_path / "out-4").mkdir(exist_ok=True)
    path = tmp_path / "data" / "jobs.db"
    old = sqlite_before(tmp_path, path)
    url = f"sqlite:///{path}"
    if request.param == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        url = server.empty_database()
        copy(old, url)
    opened = open_site(tmp_path, database_url=url, lease_seconds=3.0)
    opened.store.reap()
    yield opened
    opened.close()


def sqlite_before(root: Path, path: Path) -> str:
    """The store as it was, but for the folder; returns its URL."""
    script = (BEFORE / "jobs.sql").read_text(encoding="utf-8").replace("@ROOT@", str(root))
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript(script)
        places = opened.execute("SELECT DISTINCT path FROM publication").fetchall()
        for (place,) in places:
            digest = hashlib.sha256(place.encode()).hexdigest()
            opened.execute("UPDATE publication SET place = ? WHERE path = ?", (digest, place))
        # A clock that has started anew, as it does when a machine restarts, is behind the lease;
        # at some moment of this machine's life the lease as it was would be a living one.
        ahead = (AHEAD_OF_ANY_CLOCK,)
        opened.execute("UPDATE step SET lease_until = ? WHERE lease_until IS NOT NULL", ahead)
        opened.commit()
    return f"sqlite:///{path}"


def copy(old: str, new: str) -> None:
    """Put the rows of a store of that version into a database that has none yet."""
    source, target = Database(old), Database(new)
    upgrade(target, "0003")
    tables = MetaData()
    with closing(source), closing(target), source.read() as there, target.write() as here:
        tables.reflect(there)
        for table in tables.sorted_tables:
            rows = [row._asdict() for row in there.execute(select(table))]
            if rows and table.name != "alembic_version":
                here.execute(insert(table), rows)
        for name, column in (("step", "id"), ("event", "seq")):
            last = f"SELECT max({column}) FROM {name}"
            here.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', '{column}'), ({last}))")
            )


def upgrade(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def job(site: Site, lecture_id: int, tenant: str = LMS) -> Job:
    found = site.store.find(tenant, lecture_id)
    assert found is not None
    return found


def work(site: Site, only: JobKey | None = None) -> None:
    Worker(site.settings, only=only, until_done=True, workshop=WORKSHOP).run()


def again(found: Job, lecture: Lecture | None = None) -> Submission:
    """The same lecture once more, planned by today's code; or an edited one."""
    same = lecture_of(found.content)
    made = lecture or same
    request_hash = found.request_hash if made == same else "edited"
    return lecture_submission(found.tenant, made, plan(made, RECIPE), request_hash)


def status(site: Site, lecture_id: int) -> dict[str, Any]:
    report = site.store.report(LMS, lecture_id, 0)
    assert report is not None
    found: dict[str, Any] = json.loads(json.dumps(as_result(report, with_events=True)))
    return found


def manifest(site: Site, lecture_id: int) -> dict[str, Any]:
    path = site.root / f"out-{lecture_id}" / "final" / f"manifest_{lecture_id}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def steps_in_store(site: Site, lecture_id: int) -> tuple[Step, ...]:
    """As they were when they were submitted, and as far as the migration filled them in."""
    database = Database(site.settings.database_url)
    with closing(database), database.read() as connection:
        rows = connection.execute(
            select(step).where(*transitions.steps_of(LMS, lecture_id)).order_by(step.c.position)
        ).all()
        needs = reading.needs_of(connection, LMS, lecture_id, rows)
        return tuple(reading.planned(row, needs.get(row.name, ())) for row in rows)


def untimed(found: dict[str, Any]) -> dict[str, Any]:
    """Without what depends on the moment of asking."""
    return found | {"eta_seconds": None}


@pytest.mark.parametrize("lecture_id", [1, 2, 3])
def test_every_lecture_is_reported_as_before(site: Site, lecture_id: int) -> None:
    expected = json.loads((BEFORE / "status.json").read_text(encoding="utf-8"))[str(lecture_id)]
    found = status(site, lecture_id)
    if lecture_id == 2:
        # Its worker was found to be gone, which took its step back.
        assert found["stage"] is None
        assert found["events"][: len(expected["events"])] == expected["events"]
        assert found["steps_done"] == expected["steps_done"]
    else:
        assert untimed(found) == untimed(expected)


def test_the_running_lecture_goes_on_to_its_end(site: Site) -> None:
    before = job(site, 2).steps_done
    work(site)
    found = job(site, 2)
    assert (found.state, found.generation) == (JobState.DONE, 1)
    assert found.steps_done == found.steps_total > before
    assert manifest(site, 2)["rendered"] == {"speech": 3, "face": 3, "slide": 2, "final": 1}
    assert [slide["state"] for slide in status(site, 2)["slides"]] == ["done", "done"]


def test_the_failed_lecture_is_resumed_and_what_it_had_is_reused(site: Site) -> None:
    assert site.store.submit(again(job(site, 3)))
    work(site)
    assert job(site, 3).state is JobState.DONE
    assert manifest(site, 3)["reused"] == {"speech": 1, "face": 1, "slide": 0, "final": 0}
    assert manifest(site, 3)["rendered"] == {"speech": 1, "face": 1, "slide": 1, "final": 1}


def test_the_done_lecture_is_known_and_published_again_without_being_made(site: Site) -> None:
    found = job(site, 1)
    assert found.state is JobState.DONE
    assert not site.store.submit(again(found))
    assert site.store.submit(replace(again(found), restart=True))
    work(site)
    assert job(site, 1).reused == job(site, 1).steps_total == 9


def test_an_edited_fragment_is_the_only_one_that_is_made(site: Site) -> None:
    found = lecture_of(job(site, 1).content)
    first, *others = found.slides
    edited = Slide((first.fragments[0], Fragment(2, "Two, edited.")))
    assert site.store.submit(again(job(site, 1), replace(found, slides=(edited, *others))))
    work(site)
    assert manifest(site, 1)["rendered"] == {"speech": 1, "face": 1, "slide": 1, "final": 1}
    assert manifest(site, 1)["reused"] == {"speech": 2, "face": 2, "slide": 1, "final": 0}


def test_files_that_are_no_longer_part_of_the_done_lecture_are_removed(site: Site) -> None:
    found = lecture_of(job(site, 1).content)
    shorter = replace(found, slides=found.slides[:2])
    assert (site.root / "out-1" / "audio_fragments" / "audio_fragment_1_3.wav").exists()
    assert site.store.submit(again(job(site, 1), shorter))
    work(site)
    left = {path.name for path in (site.root / "out-1").rglob("*.*") if "_3" in path.name}
    assert left == set()


def test_the_shells_lecture_waits_for_its_own_worker(site: Site) -> None:
    work(site)
    assert job(site, 4, SHELL).state is JobState.QUEUED
    work(site, JobKey(SHELL, 4))
    assert job(site, 4, SHELL).state is JobState.DONE


@pytest.mark.parametrize("lecture_id", [1, 2, 3])
def test_the_steps_are_those_that_are_planned_today(site: Site, lecture_id: int) -> None:
    planned = plan(lecture_of(job(site, lecture_id).content), RECIPE)
    stored = steps_in_store(site, lecture_id)
    if lecture_id == 2:
        # The chapters of a Russian lecture were called "Slide" then.
        *planned_before, last = planned
        assert last.input_hash != stored[-1].input_hash
        planned = (*planned_before, replace(last, input_hash=stored[-1].input_hash))
    assert stored == planned


def test_copies_of_the_input_are_kept_as_long_as_they_are_needed(site: Site) -> None:
    database = Database(site.settings.database_url)
    with closing(database), database.read() as connection:
        found = needed.inputs(connection, ended_seconds=-1e9)
    inputs = site.root / "data" / "inputs"
    assert found == {inputs / f"{name}-0000000000000000" for name in ("lms-2", "shell-4")}
