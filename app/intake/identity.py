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
    if draft.recordings:
        asked["recordings"] = {str(k): each.sha256 for k, each in draft.recordings.items()}
    given = (draft.face, draft.voice, draft.text)
    contents = ["" if each is None else each.sha256 for each in given]
    contents += [lexicon] if lexicon else []
    if any(draft.titles):
        asked["titles"] = draft.titles
    return hashlib.sha256(json.dumps([asked, contents], sort_keys=True).encode()).hexdigest()
