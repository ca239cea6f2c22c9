"""The report: ``figures.json`` and a single HTML file that needs nothing beside it."""

from __future__ import annotations

import base64
import html
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from benchmarks import machine
from benchmarks.quality import pictures
from benchmarks.quality.bars import BARS, PARTS, Bar, Part, Verdict, verdicts
from benchmarks.quality.judges.telling import NAMES
from benchmarks.quality.keeping import Place

Noted = Mapping[str, Any]

_STYLE = """
body { font: 14px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 1500px; color: #222 }
table { border-collapse: collapse; margin: 1em 0 } th, td { padding: 2px 9px; text-align: right }
th { border-bottom: 1px solid #999 } td:first-child, th:first-child { text-align: left }
.missed { background: #f8d7d4 } .aim { background: #fdf1cf } img { display: block; margin: 4px 0 }
details { margin: .3em 0 } .facts { color: #666 }
"""


def write(place: Place) -> list[Verdict]:
    """Write both files from everything that is kept; what was held against the bars."""
    noted: dict[Part, list[dict[str, Any]]] = {}
    judged: dict[Part, list[Verdict]] = {}
    for part in PARTS:
        noted[part] = place.everything(part)
        judged[part] = _verdicts(part, noted[part])
    facts = machine.facts()
    figures = {
        "machine": facts,
        "bars": [_summary(part, bar, judged[part]) for part in PARTS for bar in BARS[part]],
        "face": noted["face"],
        "speech": noted["speech"],
        "drill": noted["drill"],
    }
    text = json.dumps(_json_safe(figures), ensure_ascii=False, indent=1, allow_nan=False)
    place.figures.write_text(text + "\n", encoding="utf-8")
    place.report.write_text("\n".join(_page(place, noted, judged, facts)), encoding="utf-8")
    return [verdict for part in PARTS for verdict in judged[part]]


def _verdicts(part: Part, noted: Iterable[Noted]) -> list[Verdict]:
    return [
        verdict
        for one in noted
        if "figures" in one
        for verdict in verdicts(part, one["subject"], one["figures"])
    ]


def _summary(part: Part, bar: Bar, judged: Iterable[Verdict]) -> dict[str, Any]:
    """A bar, how many subjects reach it, and the values of those that miss it."""
    of_bar = [verdict for verdict in judged if verdict.bar is bar]
    return {
        "part": part,
        "figure": bar.figure,
        "meaning": bar.meaning,
        "bar": str(bar),
        "aim": bar.aim,
        "subjects": len(of_bar),
        "lowest": min((v.value for v in of_bar), default=math.nan),
        "highest": max((v.value for v in of_bar), default=math.nan),
        "missed": {v.subject: v.value for v in of_bar if not v.reached},
    }


def _json_safe(value: Any) -> Any:
    """The same with ``None`` for what is not a number, which JSON cannot say."""
    if isinstance(value, Mapping):
        return {key: _json_safe(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_json_safe(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _page(
    place: Place,
    noted: Mapping[Part, list[dict[str, Any]]],
    judged: Mapping[Part, list[Verdict]],
    facts: Mapping[str, object],
) -> Iterator[str]:
    yield "<!doctype html><html lang=en><meta charset=utf-8><title>Quality</title>"
    yield f"<style>{_STYLE}</style><h1>How the lecturer looks and sounds</h1>"
    told = ", ".join(f"{name} {value}" for name, value in facts.items())
    yield f"<p class=facts>{html.escape(told)}</p>"
    yield "<p>Red: a bar is missed. Yellow: an aim is missed.</p>"
    for part in PARTS:
        if noted[part]:
            yield f"<h2>{part.capitalize()}</h2>"
            yield from _bars_table(_summary(part, bar, judged[part]) for bar in BARS[part])
            yield from _figures_table(noted[part], judged[part])
    yield from _faces(place, noted["face"])
    yield from _sounds(place, noted["speech"])
    yield "</html>"


def _bars_table(summaries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield "<table><tr><th>figure<th>bar<th>lowest<th>highest<th>missed by"
    for each in summaries:
        missed, of = len(each["missed"]), each["subjects"]
        kind = ("aim" if each["aim"] else "missed") if missed else ""
        bar = f"{'aim ' if each['aim'] else ''}{each['bar']}"
        yield (
            f"<tr class='{kind}'><td>{html.escape(each['meaning'])}<td>{bar}"
            f"<td>{_number(each['lowest'])}<td>{_number(each['highest'])}<td>{missed} of {of}"
        )
    yield "</table>"


def _figures_table(noted: list[dict[str, Any]], judged: list[Verdict]) -> Iterator[str]:
    measured = [one for one in noted if "figures" in one]
    if measured:
        names = list(dict.fromkeys(name for one in measured for name in one["figures"]))
        yield "<table><tr><th>" + "".join(f"<th>{name.replace('_', ' ')}" for name in names)
        for one in measured:
            cells = (
                _cell(one["subject"], name, one["figures"].get(name), judged) for name in names
            )
            yield f"<tr><td>{html.escape(one['subject'])}" + "".join(cells)
        yield "</table>"
    for one in noted:
        if "figures" not in one:
            reason = one.get("refused") or one.get("skipped")
            yield f"<p>{html.escape(one['subject'])}: {html.escape(str(reason))}</p>"


def _cell(subject: str, name: str, value: float | None, judged: list[Verdict]) -> str:
    missed = [
        verdict.bar
        for verdict in judged
        if verdict.subject == subject and verdict.bar.figure == name and not verdict.reached
    ]
    kind = "" if not missed else "aim" if all(bar.aim for bar in missed) else "missed"
    return f"<td class='{kind}'>{_number(value)}"


def _faces(place: Place, noted: list[dict[str, Any]]) -> Iterator[str]:
    yield f"<p>Frames: photograph, {', '.join(NAMES)}.</p>" if noted else ""
    for one in noted:
        name = one["subject"]
        if (place.folder / "curves" / f"{name}.json").is_file():
            yield f"<h3>{html.escape(name)}</h3>"
            yield _image(pictures.contact_sheet(place.folder / "frames" / name), "jpeg")
            yield _image(pictures.curves(place.folder / "curves" / f"{name}.json"), "png")


def _sounds(place: Place, noted: list[dict[str, Any]]) -> Iterator[str]:
    for one in noted:
        if "figures" in one:
            yield f"<h3>{html.escape(one['subject'])}</h3>"
            first = place.folder.joinpath("sounds", *one["subject"].split("/"), "001.flac")
            yield _image(pictures.sound(first), "png")
            yield "<details><summary>what was said and heard</summary>"
            for row in one["paragraphs"]:
                yield f"<p>{html.escape(row['text'])}<br><i>{html.escape(row['heard'])}</i> "
                yield f"({row['wer']} %, {row['loudness']} LUFS, {row['mos']})</p>"
            yield "</details>"


def _image(encoded: bytes, kind: str) -> str:
    return f"<img alt='' src='data:image/{kind};base64,{base64.b64encode(encoded).decode()}'>"


def _number(value: float | bool | None) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value:.4g}"
