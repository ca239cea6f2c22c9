"""What a caller hears of the directory that it names for its results."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.disk.folder import Folder
from tests.unit.jobs.lectures import claimed, do_all
from tests.web.conftest import Lms, envelope


def refusal(lms: Lms) -> str:
    response = lms.post()
    answer = envelope(response)
    assert (response.status_code, answer["code"]) == (400, "bad_path")
    message: str = answer["message"]
    assert "generated_dir_path" in message
    return message


def done(lms: Lms) -> Path:
    """A lecture that is done; its manifest."""
    assert lms.post().status_code == 200
    do_all(lms.services.store)
    final = lms.folder / "out" / "final"
    final.mkdir()
    (final / "manifest_7.json").write_text("{}")
    return final / "manifest_7.json"


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> Iterator[None]:
    """A stand-in for a system that refuses to look at what has a name."""
    honest = Folder.status

    def status(folder: Folder, asked: str) -> os.stat_result | None:
        if asked == name:
            raise OSError(number, os.strerror(number))
        return honest(folder, asked)

    with monkeypatch.context() as patched:
        patched.setattr(Folder, "status", status)
        yield


@pytest.mark.parametrize("name", ["audio_fragments", "video_fragments", "combined", "final"])
def test_a_link_in_the_place_of_a_folder_of_results(lms: Lms, tmp_path: Path, name: str) -> None:
    (lms.folder / "out").mkdir()
    (lms.folder / "out" / name).symlink_to(tmp_path)
    assert f"/out/{name} is a link" in refusal(lms)
    assert lms.examiner.asked == []
    assert lms.services.store.active("lms") == []


def test_a_directory_that_becomes_a_link_while_the_request_is_examined(
    lms: Lms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    honest = lms.examiner.check_voice

    def check_voice(sample: Path, sha256: str, **more: Any) -> str:
        (lms.folder / "out").symlink_to(elsewhere)
        return honest(sample, sha256, **more)

    monkeypatch.setattr(lms.examiner, "check_voice", check_voice)
    assert "/out is a link" in refusal(lms)
    assert list(elsewhere.iterdir()) == []
    assert lms.services.store.active("lms") == []


def test_a_done_lecture_posted_again_starts_nothing(lms: Lms) -> None:
    done(lms)
    assert lms.post().status_code == 200
    assert lms.services.store.active("lms") == []


@pytest.mark.parametrize("gone", ["manifest", "all"])
def test_a_done_lecture_whose_results_are_gone_is_published_again(lms: Lms, gone: str) -> None:
    manifest = done(lms)
    manifest.unlink()
    if gone == "all":
        manifest.parent.rmdir()
        manifest.parent.parent.rmdir()
    assert lms.post().status_code == 200
    assert [job.id for job in lms.services.store.active("lms")] == [7]
    assert (lms.folder / "out").is_dir()


@pytest.mark.parametrize("name", ["final", "manifest_7.json"])
@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ELOOP, errno.ENAMETOOLONG])
def test_a_done_lecture_whose_results_may_not_be_looked_at(
    lms: Lms, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    done(lms)
    with refusing(monkeypatch, name, number):
        assert os.strerror(number) in refusal(lms)


def test_results_that_may_not_be_looked_at_do_not_matter_to_a_request_for_another_place(
    lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(lms)
    with refusing(monkeypatch, "manifest_7.json", errno.EACCES):
        assert lms.post(generated_dir_path=lms.folder / "other").status_code == 200


def test_the_status_of_a_lecture_whose_directory_is_gone_says_so(lms: Lms) -> None:
    assert lms.post().status_code == 200
    taken = claimed(lms.services.store)
    said = f"the output directory {lms.folder / 'out'} is gone"
    lms.services.store.fail(taken, "bad_path", said, retryable=False)
    do_all(lms.services.store)
    found = envelope(lms.client.get("/generate/status?id=7"))["result"]
    assert found["state"] == "failed"
    assert found["error"] == {"code": "bad_path", "message": said, "step": "speech_1"}
