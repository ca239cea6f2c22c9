"""What a caller names: something stored, an upload, or a file in a folder that both can reach."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app import ids
from app.access.keys import DEFAULT_TENANT
from app.disk import disk_full_named
from app.errors import InputError, NotFound, PathError
from app.intake.draft import about
from app.intake.files import Bounds, copy_file
from app.library.items import Item, Kind
from app.library.staging import Staged
from app.library.uploads import PREFIX as UPLOAD_PREFIX
from app.web.v1.call import Call


@contextmanager
def file_at(call: Call, field: str, named: str, *, most: int) -> Iterator[Staged]:
    """A private copy of what is named, for as long as the block lasts.

    Args:
        field: In which it is named.
        most: Bytes that it may have.

    Raises:
        InputError: There is no such file, or it cannot be used.
        DiskFull: No space is left.
    """
    upload = ids.number_of(UPLOAD_PREFIX, named)
    if upload is not None:
        with _lent(call, field, upload) as content:
            if content.size > most:
                told = f"it has {content.size:,} bytes; at most {most:,} are read"
                raise InputError(told, field=field)
            yield content
        return
    with call.services.library.staging() as staging:
        target = staging.path / "named"
        with about(field), disk_full_named("the upload"):
            paths = call.services.settings.paths
            bounds = Bounds(paths.roots, paths.data)
            path = _path(named, call.tenant, bounds)
            sha256 = copy_file(path, target, bounds=bounds, max_bytes=most)
        yield Staged(target, sha256, target.stat().st_size)


def item_at(call: Call, kind: Kind, field: str, named: str) -> Item | None:
    """The stored face or recording of that id; ``None``: it is no such id.

    Raises:
        InputError: The tenant has no such thing.
    """
    number = ids.number_of(kind.prefix, named)
    if number is None:
        return None
    try:
        return call.services.library.find(kind, call.tenant, number)
    except NotFound as error:
        raise InputError(f"there is no {named}", field=field) from error


@contextmanager
def _lent(call: Call, field: str, upload: int) -> Iterator[Staged]:
    with ExitStack() as held:
        try:
            with about(field):
                content = held.enter_context(call.services.uploads.lent(call.tenant, upload))
        except NotFound as error:
            raise InputError(str(error), field=field) from error
        yield content


def _path(named: str, tenant: str, bounds: Bounds) -> Path:
    """Where a file lies; one without a folder lies in the first allowed one that has it."""
    if tenant != DEFAULT_TENANT:
        raise PathError("files of this machine's folders are only for its own tenant")
    if "\0" in named:
        raise PathError("a path has no NUL")
    path = Path(named)
    if path.is_absolute():
        return path
    if ".." in path.parts:  # nobody learns what there is outside
        raise PathError(f"{path} leads out of the allowed folders")
    for root in bounds.roots or ():
        if os.path.exists(root / path):  # noqa: PTH110 - whatever the system says of the name
            return root / path
    raise PathError(f"no file called {named} is in the allowed folders (paths.roots)")
