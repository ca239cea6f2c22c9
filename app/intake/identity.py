"""What tells whether two requests ask for the same lecture."""

from __future__ import annotations

import hashlib
import json

from app.intake.draft import Draft


def request_hash(draft: Draft, lexicon: str) -> str:
    """Equal for drafts that ask for the same lecture in the same place.

    Jobs are stored with it: for the same draft it must stay the same for ever.

    Args:
        lexicon: Identity of the lexicons that it is spoken with; empty for none.
    """
    asked = {**draft.wishes.chosen(), "generated_dir_path": str(draft.output)}
    contents = [draft.face.sha256, draft.voice.sha256, draft.text.sha256]
    contents += [lexicon] if lexicon else []
    if any(draft.titles):
        asked["titles"] = draft.titles
    return hashlib.sha256(json.dumps([asked, contents], sort_keys=True).encode()).hexdigest()
