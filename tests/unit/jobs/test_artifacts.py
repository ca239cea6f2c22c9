from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import DiskFull
from app.jobs.files.artifacts import Artifacts
from app.jobs.store.store import Claim
from app.steps import sha256_of
from tests.unit.jobs.lectures import TENANT, a_submission

HASH = "ab" * 32


@pytest.fixture
def artifacts(tmp_path: Path) -> Artifacts:
    return Artifacts(tmp_path / "artifacts")


def a_claim(owner: str = "host-1", fence: int = 1) -> Claim:
    submission = a_submission()
    step = submission.steps[0]
    return Claim(1, fence, owner, 30.0, TENANT, 1, submission.content, step, {})


def kept(artifacts: Artifacts, input_hash: str = HASH, **files: bytes) -> Path:
    work_dir = artifacts.work_dir(a_claim())
    for name, content in files.items():
        (work_dir / name).write_bytes(content)
    return artifacts.keep(work_dir, input_hash)


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes; the process's own "disk full"."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_kept_artifact_is_found(artifacts: Artifacts) -> None:
    home = kept(artifacts, sound=b"wave", words=b"[]")
    assert artifacts.find(HASH) == home
    assert (home / "sound").read_bytes() == b"wave"
    assert artifacts.sums(home).keys() == {"sound", "words"}


def test_nothing_is_found_before_it_is_made(artifacts: Artifacts) -> None:
    assert artifacts.find(HASH) is None


def test_keeping_leaves_no_private_directory(artifacts: Artifacts) -> None:
    kept(artifacts, sound=b"wave")
    assert artifacts.owners() == set()


def test_the_same_artifact_made_twice_is_kept_once(artifacts: Artifacts) -> None:
    first = kept(artifacts, sound=b"first")
    assert kept(artifacts, sound=b"second") == first
    assert (first / "sound").read_bytes() == b"first"
    assert artifacts.owners() == set()


@pytest.mark.parametrize("damage", ["other bytes", "cut", "missing", "no listing", "bad listing"])
def test_a_damaged_artifact_is_removed(artifacts: Artifacts, damage: str) -> None:
    home = kept(artifacts, sound=b"wave")
    match damage:
        case "other bytes":
            (home / "sound").write_bytes(b"evaw")
        case "cut":
            (home / "sound").write_bytes(b"wav")
        case "missing":
            (home / "sound").unlink()
        case "no listing":
            (home / "files.json").unlink()
        case "bad listing":
            (home / "files.json").write_text('{"sound": 4}')
    assert artifacts.find(HASH) is None
    assert not home.exists()
    assert kept(artifacts, sound=b"again") == home


def test_an_artifact_that_looks_untouched_is_not_read_again(
    artifacts: Artifacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counting(path: Path) -> str:
        read.append(path)
        return sha256_of(path)

    monkeypatch.setattr("app.jobs.files.artifacts.sha256_of", counting)
    home = kept(artifacts, sound=b"wave")
    artifacts.find(HASH)
    before = len(read)
    assert artifacts.find(HASH) == home
    assert len(read) == before > 0


def test_damage_that_hides_behind_old_times_is_found(artifacts: Artifacts) -> None:
    sound = kept(artifacts, sound=b"wave") / "sound"
    before = sound.stat()
    sound.write_bytes(b"evaw")
    os.utime(sound, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert artifacts.find(HASH) is None


def test_finding_an_artifact_notes_its_use(artifacts: Artifacts) -> None:
    home = kept(artifacts, sound=b"wave")
    os.utime(home, (0, 0))
    artifacts.find(HASH)
    assert time.time() - home.stat().st_mtime < 60


def test_a_removed_artifact_is_gone(artifacts: Artifacts) -> None:
    home = kept(artifacts, sound=b"wave")
    assert artifacts.remove(HASH)
    assert not artifacts.remove(HASH)
    assert not home.exists()
    assert artifacts.find(HASH) is None
    assert artifacts.owners() == set()


def test_changed_content_goes_to_its_place_with_its_own_hash(
    artifacts: Artifacts, tmp_path: Path
) -> None:
    home = kept(artifacts, lecture=b"all", manifest=b"{}")
    places = {"lecture": tmp_path / "lecture", "manifest": tmp_path / "manifest"}
    lecture, manifest = artifacts.wanted(home, places, {"manifest": b"{1}"})
    assert (lecture.source, lecture.sha256) == (home / "lecture", artifacts.sums(home)["lecture"])
    assert (manifest.source, manifest.size) == (b"{1}", 3)
    assert manifest.sha256 != artifacts.sums(home)["manifest"]


def test_a_damaged_artifact_gives_way_to_the_same_made_again(artifacts: Artifacts) -> None:
    (kept(artifacts, sound=b"wave") / "sound").write_bytes(b"evaw")
    home = kept(artifacts, sound=b"wave")
    assert (home / "sound").read_bytes() == b"wave"


def test_private_directories_of_two_claims_differ(artifacts: Artifacts) -> None:
    first, second = artifacts.work_dir(a_claim(fence=1)), artifacts.work_dir(a_claim(fence=2))
    assert first != second


def test_only_the_directories_of_the_dead_are_swept(artifacts: Artifacts) -> None:
    dead = artifacts.work_dir(a_claim(owner="a.host-1"))
    living = artifacts.work_dir(a_claim(owner="a.host-12"))
    assert artifacts.owners() == {"a.host-1", "a.host-12"}
    artifacts.sweep("a.host-1")
    assert not dead.exists()
    assert living.exists()


def test_no_space_for_the_listing_is_said(artifacts: Artifacts) -> None:
    work_dir = artifacts.work_dir(a_claim())
    (work_dir / "sound").write_bytes(b"wave")
    with at_most(10), pytest.raises(DiskFull) as refusal:
        artifacts.keep(work_dir, HASH)
    assert artifacts.find(HASH) is None
    # Whoever asks for the lecture reads it: where the service keeps its own is not theirs.
    assert str(refusal.value) == "no space left for artifacts: File too large"
