"""Resumable uploads by a client that others have written: tuspy."""

from __future__ import annotations

import hashlib
import io
import random
import urllib.request
from pathlib import Path

import pytest
from tusclient import client

from tests.e2e.test_front import serving

pytestmark = pytest.mark.slow


def test_a_client_goes_on_where_another_one_stopped(tmp_path: Path) -> None:
    data = random.Random(7).randbytes(3_000_001)
    with serving(tmp_path) as web:
        address = f"http://127.0.0.1:{web.front.port}/v1/uploads"
        tus = client.TusClient(address)
        first = tus.uploader(
            file_stream=io.BytesIO(data),
            chunk_size=1_000_000,
            metadata={"filename": "лекция.wav"},
            upload_checksum=True,
        )
        first.upload_chunk()
        second = tus.uploader(file_stream=io.BytesIO(data), chunk_size=700_000, url=first.url)
        assert second.offset == 1_000_000
        second.upload()
        (file,) = (tmp_path / "data" / "library" / "uploads").iterdir()
        assert hashlib.sha256(file.read_bytes()).digest() == hashlib.sha256(data).digest()
        removed = urllib.request.Request(
            first.url, method="DELETE", headers={"Tus-Resumable": "1.0.0"}
        )
        with urllib.request.urlopen(removed) as answer:
            assert answer.status == 204
        assert not file.exists()
