"""What a problem looks like, in JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from app.errors import PictureReason

PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "description": "urn:videolecture:problem: and the code."},
        "title": {"type": "string", "description": "For people, in the language of the caller."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "About this very request."},
        "code": {"type": "string", "description": "Stable; what programs go by."},
        "request_id": {"type": "string", "description": "Find it in the service's log."},
        "reason": {
            "type": "string",
            "enum": list(get_args(PictureReason)),
            "description": "Of bad_source_image: what is wrong with a picture that can be read.",
        },
        "width": {
            "type": "integer",
            "description": "Of such a picture, upright, and reduced when it is very large; pixels.",
        },
        "height": {"type": "integer", "description": "Likewise."},
        "faces": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 4, "maxItems": 4},
            "description": "x, y, width and height of each face that was found in it, from left to "
            "right.",
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "message"],
                "properties": {
                    "where": {
                        "type": "string",
                        "description": "JSON pointer into a JSON body; or the name of a part of "
                        "a form, of a parameter or of a header.",
                    },
                    "message": {"type": "string"},
                    "value": {"type": "string", "description": "What was sent there, shortened."},
                },
            },
        },
        "lectures": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Ids of some that need what is to be removed (code in_use).",
        },
    },
}
