"""What the start of a web process costs: ``import wsgi``, beside the libraries under it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping

import config

RUNS = 15

_LIBRARIES = "flask, pydantic, sqlalchemy"
_SPENT = """
import {imported}
import json, pathlib, resource, time
pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
print(json.dumps([time.process_time(), pages * resource.getpagesize() / 2**20]))
"""


def measure() -> Iterator[dict[str, object]]:
    """CPU seconds of new interpreters, their own start included: the least of all runs.

    The ratio tells most on a machine that others use as well.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(folder)
        runs = [(_spent("wsgi", environment), _spent(_LIBRARIES, environment)) for _ in range(RUNS)]
    (seconds, mebibytes), (of_libraries, _) = (min(each) for each in zip(*runs, strict=True))
    yield {
        "case": "import",
        "runs": RUNS,
        "wsgi_cpu_s": round(seconds, 3),
        "libraries_cpu_s": round(of_libraries, 3),
        "ratio": round(seconds / of_libraries, 2),
        "wsgi_mib": round(mebibytes),
    }


def _environment(folder: str) -> dict[str, str]:
    """Of an installed service: from the second start on, the bytecode is there."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = f"{folder}/bytecode"
    kept["VIDEOLECTURE_PATHS__DATA"] = f"{folder}/data"
    return kept


def _spent(imported: str, environment: Mapping[str, str]) -> tuple[float, float]:
    """CPU seconds, and MiB of memory afterwards."""
    done = subprocess.run(
        [sys.executable, "-c", _SPENT.format(imported=imported)],
        cwd=config.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, mebibytes = json.loads(done.stdout)
    return seconds, mebibytes
