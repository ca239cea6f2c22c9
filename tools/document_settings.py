"""Write docs/configuration.md from the settings themselves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import config  # noqa: E402  (found through the line above)
from app.field_docs import field_docs  # noqa: E402

PAGE = ROOT / "docs" / "configuration.md"

INTRODUCTION = """\
# Configuration

Settings come from `config.yaml` beside `config.py`, or from the file that
`VIDEOLECTURE_CONFIG` names. Each is also an environment variable
`VIDEOLECTURE_<SECTION>__<KEY>`, which wins; lists and mappings are written as JSON:

```sh
VIDEOLECTURE_PATHS__ROOTS='["/srv/lectures"]'
VIDEOLECTURE_SERVER__PORT=8080
```

```yaml
paths:
  roots: [/srv/lectures]
server:
  port: 8080
```

A key or variable that names no setting stops the service at its start. Paths of the
defaults are relative to the checkout here. This page is written by
`python tools/document_settings.py`.
"""


FORMER = """
## SadTalker

These three are written alike in the file, at its top level, and in the environment, as the
former service had them:

| setting | default | meaning |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    fields = config.Settings.model_fields
    sections = {name: field for name, field in fields.items() if not field.validation_alias}
    former = {name: field for name, field in fields.items() if field.validation_alias}
    told = field_docs(config.Settings)
    return (
        INTRODUCTION
        + "".join(_section(name, field) for name, field in sections.items())
        + FORMER
        + "".join(_former_row(field, told[name]) for name, field in former.items())
    )


def _former_row(field: FieldInfo, told: str) -> str:
    assert isinstance(field.validation_alias, AliasChoices)
    name = field.validation_alias.choices[0]
    return f"| `{name}` | `{_default(field)}` | {_line(told)} |\n"


def _section(name: str, field: FieldInfo) -> str:
    section = field.annotation
    assert isinstance(section, type) and issubclass(section, BaseModel)
    told = field_docs(section)
    rows = [
        f"| `{name}.{key}` | `{_default(value)}` | {_line(told[key])} |"
        for key, value in section.model_fields.items()
    ]
    title = (section.__doc__ or "").strip().rstrip(".")
    head = f"\n## `{name}`: {title[0].lower()}{title[1:]}\n\n"
    head += "| setting | default | meaning |\n|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def _line(text: str) -> str:
    """A setting's description on one line, as a table needs it."""
    return " ".join(text.split())


def _default(field: FieldInfo) -> str:
    text = json.dumps(field.default, default=str, ensure_ascii=False)
    return text.replace(f"{config.ROOT}/", "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
