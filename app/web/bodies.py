"""How large the body of a request may be, by what is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

import config

_FRAMING_BYTES = 1_000_000
"""Of a form beside its file: names, texts, boundaries."""

_TEXTS = re.compile(r"/v1/(?:lectures(?:[/:].*)?|drafts(?:/.*)?)")
_UPLOADS = re.compile(r"/v1/uploads(?:/[^/]+)?")
_WHOLE_LECTURES = frozenset({"/v1/lectures", "/v1/recordings", "/text-to-video", "/easy/submit"})
"""They take, in one form, everything that a lecture is made from, or an hour of sound."""

_FORM = "multipart/form-data"

_IN_MEMORY = re.compile(r"application/(?:json|.+\+json|x-www-form-urlencoded)")
"""Media types of which whoever reads them holds the whole body in memory."""


@dataclass(frozen=True)
class Bodies:
    """Bounds of request bodies, in bytes.

    Args:
        small: Of all requests that are not named below.
        json: Of a lecture, and of what changes it.
        image: Of a form with a picture.
        voice: Of a form with a voice sample.
        upload: Of a form with all that a lecture needs, and of a piece of a file.
    """

    small: int = 1_000_000
    json: int = 8_000_000
    image: int = 101_000_000
    voice: int = 201_000_000
    upload: int = 600_000_000

    @classmethod
    def of(cls, settings: config.Settings) -> Bodies:
        """Those of the settings."""
        server, rules = settings.server, settings.lecture
        return cls(
            small=server.max_body_bytes,
            json=max(server.max_json_bytes, server.max_body_bytes),
            image=rules.max_image_bytes + _FRAMING_BYTES,
            voice=rules.max_voice_bytes + _FRAMING_BYTES,
            upload=server.max_upload_bytes,
        )

    def bound(self, method: str, path: str, media_type: str) -> int:
        """The largest body of a request; more than ``small`` for few routes only.

        >>> Bodies().bound("POST", "/v1/voices", "multipart/form-data; boundary=x")
        201000000
        >>> Bodies().bound("POST", "/v1/voices", "application/json")
        1000000

        Args:
            path: As the application is told it, with a slash at its end or without.
            media_type: The header field ``Content-Type``; empty where there is none.
        """
        path = "/" + path.strip("/")
        kind = media_type.partition(";")[0].strip().lower()
        if kind == _FORM and method == "POST" and path in _WHOLE_LECTURES:
            return self.upload
        if method in ("POST", "PATCH") and (_TEXTS.fullmatch(path) or path in _WHOLE_LECTURES):
            return self.json
        if _IN_MEMORY.fullmatch(kind):
            return self.small
        if method in ("POST", "PATCH") and _UPLOADS.fullmatch(path):
            return self.upload
        if method != "POST":
            return self.small
        return {"/v1/avatars": self.image, "/v1/voices": self.voice}.get(path, self.small)
