"""Write into docs/api.md which operations the API has.

``python -m tools.document_api`` writes them from what they say of themselves; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.web.v1 import api
from app.web.v1.operation import Operation

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"

BEGIN, END = "<!-- operations: python -m tools.document_api -->", "<!-- end of operations -->"


def operations() -> str:
    """Their names and what they do, as a table; those that may be repeated are marked."""
    return "\n".join(_rows())


def page(written: str) -> str:
    """The page with the operations of today."""
    before, rest = written.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{operations()}\n\n{END}{after}"


def _rows() -> Iterator[str]:
    yield "| operation | what it does | scope |"
    yield "|---|---|---|"
    for each in api.operations():
        yield f"| `{each.method} {api.PREFIX}{each.path}` | {each.summary} | {_scope(each)} |"


def _scope(operation: Operation) -> str:
    scope = "no key" if operation.scope is None else f"`{operation.scope.value}`"
    return f"{scope}, `Idempotency-Key`" if operation.repeatable else scope


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
