"""Draw the rooms of the service from its imports, for docs/architecture.md.

``python -m tools.draw_rooms`` writes the picture and the table there; a test compares both with
the code of today.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
PICTURE = ROOT / "docs" / "images" / "rooms.svg"
CONTRACT = "Dependencies point inwards"
"""Name of the contract of import-linter in pyproject.toml that orders the rooms."""

BEGIN, END = "<!-- rooms: python -m tools.draw_rooms -->", "<!-- end of rooms -->"

_WIDTH, _MARGIN, _GAP = 940, 16, 8
_BOX_HEIGHT, _ROW_HEIGHT = 50, 58
_STYLE = """\
rect { fill: #eef3f9; stroke: #5b7596; rx: 6 }
text { text-anchor: middle; fill: #16202c; font-family: system-ui, sans-serif; font-size: 15px }
.uses { fill: #5a6b80; font-size: 12px }"""


def layers(root: Path = ROOT) -> list[list[str]]:
    """Rooms from the top layer to the bottom one, as the contract has them.

    A room in brackets may be missing: it is prepared, and nobody has moved in yet.
    """
    linter = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    contract = next(each for each in linter["contracts"] if each["name"] == CONTRACT)
    named = [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]
    there = [[room for room in layer if not room.startswith("(")] for layer in named]
    return [layer for layer in there if layer]


def imports(rooms: Iterable[str]) -> dict[str, set[str]]:
    """The other rooms that each room imports directly."""
    graph = grimp.build_graph("app", cache_dir=None)
    known = set(rooms)
    found: dict[str, set[str]] = {room: set() for room in known}
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            one, other = _room(module), _room(imported)
            if one in known and other in known and one != other:
                found[one].add(other)
    return found


def reduced(found: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Without imports that a longer way implies: the picture needs no arrow for them.

    >>> reduced({"a": {"b", "c"}, "b": {"c"}, "c": set()})
    {'a': {'b'}, 'b': {'c'}, 'c': set()}
    """
    return {
        room: {other for other in others if not _is_implied(found, room, other)}
        for room, others in found.items()
    }


def picture(rows: Sequence[Sequence[str]], uses: Mapping[str, set[str]]) -> str:
    """An SVG of the rooms, one row a layer; each names the rooms below that it builds upon."""
    height = _MARGIN * 2 + _ROW_HEIGHT * len(rows) - _GAP
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
        "<title>The rooms of the service, and which of the rooms below each builds upon</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{_WIDTH}" height="{height}" style="fill: #fff; stroke: none"/>',
    ]
    for number, row in enumerate(rows):
        width = (_WIDTH - 2 * _MARGIN + _GAP) / len(row) - _GAP
        for place, room in enumerate(row):
            left = _MARGIN + place * (width + _GAP)
            lines.append(_box(room, uses[room], left, _MARGIN + _ROW_HEIGHT * number, width))
    return "\n".join([*lines, "</svg>"]) + "\n"


def table(rows: Sequence[Sequence[str]], root: Path = ROOT) -> str:
    """Every room and the rooms within it, each with the first sentence of its docstring."""
    lines = ["| room | what it is |", "|---|---|"]
    for room in (room for row in rows for room in row):
        for path in _packages(root / "app" / room):
            name = path.relative_to(root).with_suffix("").as_posix()
            lines.append(f"| `{name.removesuffix('/__init__')}` | {_sentence(path)} |")
    return "\n".join(lines) + "\n"


def page(text: str, rows: Sequence[Sequence[str]], root: Path = ROOT) -> str:
    """The page with the table of today between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table(rows, root)}\n{END}{after}"


def main() -> None:
    """Write the picture and the table."""
    rows = layers()
    found = imports(room for row in rows for room in row)
    PICTURE.write_text(picture(rows, reduced(found)), "utf-8")
    PAGE.write_text(page(PAGE.read_text("utf-8"), rows), "utf-8")


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _is_implied(found: Mapping[str, set[str]], room: str, other: str) -> bool:
    return any(other in _reached(found, through) for through in found[room] - {other})


def _reached(found: Mapping[str, set[str]], room: str) -> set[str]:
    reached: set[str] = set()
    waiting = [room]
    while waiting:
        for other in found[waiting.pop()] - reached:
            reached.add(other)
            waiting.append(other)
    return reached


def _box(room: str, uses: Iterable[str], left: float, top: float, width: float) -> str:
    """One room; all lengths are pixels."""
    middle = left + width / 2
    return (
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{_BOX_HEIGHT}"/>'
        f'<text x="{middle:.0f}" y="{top + 21:.0f}">{escape(room)}</text>'
        f'<text x="{middle:.0f}" y="{top + 39:.0f}" class="uses">{", ".join(sorted(uses))}</text>'
    )


def _packages(room: Path) -> Iterator[Path]:
    """The room itself and the packages right within it."""
    if not room.is_dir():
        yield room.with_suffix(".py")
        return
    yield room / "__init__.py"
    yield from sorted(room.glob("*/__init__.py"))


def _sentence(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    first = re.sub(r"\s+", " ", docstring.partition("\n\n")[0])
    return re.sub(r"``?([^`]+)``?", r"`\1`", re.sub(r":\w+:`~?([^`]+)`", r"`\1`", first))


if __name__ == "__main__":
    main()
