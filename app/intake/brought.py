"""Files that come with the request for a lecture, from callers who know of no library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from app.bootstrap import Services
from app.errors import STORE_FAILURES, LectureError
from app.intake import lectures, stored
from app.intake.draft import about
from app.intake.stored import Wish
from app.library.items import Item, Kind, New
from app.library.staging import Staged
from app.requests.asked import Asked
from app.requests.lectures import LectureRequest


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that somebody brings."""

    content: Staged
    wish: Wish


@contextmanager
def kept(services: Services, files: Mapping[Kind, Brought | Item]) -> Iterator[dict[Kind, Item]]:
    """Keep files in the library, all or none; what is there already is taken as it is.

    Callers who know of no library bring the same face and the same voice each time: a file that
    came before with the same tags is the thing that it became then, and is not looked at again.
    Where the block fails they go again, else workers show them: behind the lecture that the block
    asks for, which somebody waits for.

    Raises:
        InputError: One cannot be used; its ``field`` is the value of its kind.
        Busy: Too many files are to be examined.
        DiskFull: No space is left.
    """
    examined = {kind: _examined(services, kind, file) for kind, file in files.items()}
    new: list[Item] = []
    with ExitStack() as undo:
        items = {}
        for kind, file in examined.items():
            if isinstance(file, Item):
                items[kind] = file
                continue
            items[kind] = services.library.add(*file)
            new.append(items[kind])
            undo.callback(_forget, services, items[kind])
        yield items
        undo.pop_all()
    for item in new:
        with suppress(*STORE_FAILURES):  # the lecture was taken on already
            stored.show(services, item)


def create(
    services: Services, key: tuple[str, int], asked: Asked, *, until: float | None = None
) -> bool:
    """Have a lecture made that has neither a title nor anything else of its own.

    Args:
        key: Tenant and id of its job.

    Returns:
        Whether it is new; not when the very same was asked for before.

    Raises:
        As :func:`app.intake.lectures.create`.
    """
    tenant, number = key
    request = LectureRequest(
        tenant=tenant,
        id=number,
        title="",
        asked=asked,
        metadata={},
        callback_url=None,
        seconds=0.0,
    )
    return lectures.create(request, services, until=until)


def _examined(services: Services, kind: Kind, file: Brought | Item) -> tuple[New, Staged] | Item:
    if isinstance(file, Item):
        return file
    wish, sha256 = file.wish, file.content.sha256
    known = services.library.same(kind, wish.tenant, sha256, wish.tags)
    if known is not None:
        return known
    with about(kind.value):
        return stored.seen(services, kind, file.content, file.wish), file.content


def _forget(services: Services, item: Item) -> None:
    with suppress(LectureError):
        services.library.remove(item)
