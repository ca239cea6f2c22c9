"""Files of weights: taken from installed packages, checked, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from app.errors import EngineUnavailable


def missing(*paths: Path) -> str:
    """Which files are not there and how to get them; empty when all are."""
    absent = [path for path in paths if not path.is_file()]
    if not absent:
        return ""
    names = " and ".join(f"{path.parent.name}/{path.name}" for path in absent)
    return f"speech model files {names} are missing; run `python -m app setup`"


def package_file(package: str, name: str) -> bytes:
    """Content of a file that comes with an installed package.

    Raises:
        EngineUnavailable: It is not installed.
    """
    try:
        return resources.files(package).joinpath(name).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as reason:
        raise EngineUnavailable(
            f"the Python package {package} with {name} is not installed; "
            "install the requirements of the service again"
        ) from reason


def verify(content: bytes, sha256: str, what: str) -> None:
    """Make sure that a file is the one that was tried.

    Raises:
        EngineUnavailable: It is another.
    """
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise EngineUnavailable(f"{what} has sha256 {found}, expected {sha256}; not using it")


def write_model(content: bytes, durations: str, target: Path) -> None:
    """Write an ONNX model that also returns the duration of each symbol.

    Args:
        content: The model.
        durations: Name of the node's output, inside its graph, that holds them.
        target: Appears whole or not at all.
    """
    # Only the set-up needs this package: importing it takes a quarter of a second.
    import onnx

    model = onnx.load_from_string(content)
    model.graph.output.append(
        onnx.helper.make_tensor_value_info(durations, onnx.TensorProto.FLOAT, None)
    )
    with appearing(target) as part:
        part.write_bytes(model.SerializeToString())


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Path to write to, renamed to ``target`` on success and removed on failure."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
