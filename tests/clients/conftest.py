"""The files of an LMS whose backend is one of the clients."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients.place import furnish
from tests.e2e.conftest import Service

collect_ignore = ["programs"]
"""Another Python runs the one in it."""


@pytest.fixture
def place(served: Service, request: pytest.FixtureRequest) -> Path:
    """Files for one client."""
    folder: Path = served.place / request.node.name
    furnish(folder)
    return folder
