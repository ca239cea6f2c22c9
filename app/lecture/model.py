"""Lecture, slide and fragment, and the names of the files that they become."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

from app.lecture.lexicon import Lexicon

Preprocess = Literal["crop", "extcrop", "full", "extfull", "resize"]
"""What a picture is reduced to; an engine may not know all of them."""

SplitMode = Literal["compat", "sentences"]
"""How a slide becomes fragments, see :mod:`app.lecture.split`."""

_AUDIO, _VIDEO, _COMBINED, _FINAL = RESULT_FOLDERS = (
    "audio_fragments",
    "video_fragments",
    "combined",
    "final",
)
"""The folders below a lecture's own, which hold all of its files; a contract with callers."""


RECORDING = "recording"
"""Stands where a speech engine's name stands, for what is no engine's speech."""

UNTOLD = "und"
"""Language of a lecture without text for which nobody named one (ISO 639-2, undetermined)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a recording, which is heard as it is instead of a spoken text."""

    file: str
    """Name of the recording's sound among the lecture's inputs, see :mod:`app.voice.recording`."""
    sha256: str
    """Of the recording as it was given."""
    start: float
    """Seconds from the start of the recording; a whole number of frames, as is the end but for
    that of the last passage."""
    end: float
    gain: float = 0.0
    """Decibels by which the whole recording is raised."""
    recognizer: str = ""
    """Name and version of what tells its words; empty: nothing does."""

    @property
    def seconds(self) -> float:
        """How long it is heard."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Fragment:
    """One utterance: synthesized, or taken from a recording, and animated as a whole."""

    number: int
    """Position in the whole lecture, counted from 1."""
    text: str
    """As it stands in the lecture's file, on one line."""
    paragraph_ends: tuple[int, ...] = ()
    """How many words of :attr:`plain` there are up to each end of a paragraph, in order.

    The last counts all words when a paragraph ends with the fragment.  The end of a slide is none:
    its picture changes there.
    """
    cleaned: str | None = None
    """What is spoken and shown of it; ``None`` when that is the text, without a change."""
    recording: Passage | None = None
    """What is heard instead of a spoken text, which is empty then."""

    @property
    def plain(self) -> str:
        """What is spoken and shown of it: language only, on one line.

        >>> Fragment(1, "**One** &amp; two.", cleaned="One & two.").plain
        'One & two.'
        """
        return self.text if self.cleaned is None else self.cleaned

    @property
    def with_paragraphs(self) -> str:
        r"""What is spoken, with a blank line at each end of a paragraph: what engines are given.

        >>> Fragment(1, "One. Two. Three.", paragraph_ends=(2, 3)).with_paragraphs
        'One. Two.\n\nThree.\n\n'
        """
        if not self.paragraph_ends:
            return self.plain
        words = self.plain.split()
        edges = (0, *self.paragraph_ends, len(words))
        return "\n\n".join(" ".join(words[start:end]) for start, end in pairwise(edges))


@dataclass(frozen=True, slots=True)
class Slide:
    """The fragments spoken while one slide is shown; may be empty."""

    fragments: tuple[Fragment, ...]
    title: str = ""
    """Of its chapter; empty: it is called by its number."""


@dataclass(frozen=True, slots=True)
class FaceChoice:
    """How one request wants its face shown; ``None`` leaves it to the configuration."""

    preprocess: Preprocess | None = None
    still: bool | None = None
    size: int | None = None

    def overrides(self) -> dict[str, object]:
        """The options that the request chose itself.

        >>> FaceChoice(preprocess="full").overrides()
        {'preprocess': 'full'}
        """
        chosen = {"preprocess": self.preprocess, "still": self.still, "size": self.size}
        return {name: value for name, value in chosen.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Lecture:
    """A lecture to generate, and where its files go.

    >>> lecture = Lecture(
    ...     id=7,
    ...     source_image=Path("/in/face.png"),
    ...     voice_sample=Path("/in/voice.wav"),
    ...     generated_dir=Path("/out"),
    ...     slides=(Slide((Fragment(1, "One."), Fragment(2, "Two."))), Slide(())),
    ...     language="en",
    ...     speech_engine="kokoro",
    ...     face_engine="meshwarp",
    ... )
    >>> lecture.mapping()
    [[1, 2], []]
    >>> lecture.audio_path(2).name
    'audio_fragment_7_2.wav'
    """

    id: int
    """The caller's identifier; part of every file name."""
    source_image: Path
    """Beside it lie all other inputs."""
    voice_sample: Path | None
    """``None`` when no text is spoken."""
    generated_dir: Path
    slides: tuple[Slide, ...]
    language: str
    """ISO 639-1 code, decided, or :data:`UNTOLD`; never ``auto``."""
    speech_engine: str
    """:data:`RECORDING` when no text is spoken."""
    face_engine: str
    face: FaceChoice = FaceChoice()
    lexicon: Lexicon = field(default_factory=Lexicon)
    """Of the words that occur in it and are spelt otherwise for the speech engine."""

    def fragments(self) -> Iterator[Fragment]:
        """Every fragment of every slide, in speaking order."""
        for slide in self.slides:
            yield from slide.fragments

    def fragment(self, number: int) -> Fragment:
        """The fragment of that number.

        Raises:
            KeyError: No fragment has it.
        """
        slide = self.slide_of(number)
        return next(fragment for fragment in slide.fragments if fragment.number == number)

    def slide_of(self, number: int) -> Slide:
        """The slide of the fragment of that number.

        Raises:
            KeyError: No fragment has it.
        """
        for slide in self.slides:
            if any(fragment.number == number for fragment in slide.fragments):
                return slide
        raise KeyError(number)

    def speaks_text(self) -> bool:
        """Whether any fragment needs a speech engine and a voice sample."""
        return any(fragment.recording is None for fragment in self.fragments())

    def recorded_sound(self, passage: Passage) -> Path:
        """The file that a passage is taken from."""
        return self.source_image.with_name(passage.file)

    def mapping(self) -> list[list[int]]:
        """Fragment numbers per slide: the ``result`` of ``POST /generate``."""
        return [[fragment.number for fragment in slide.fragments] for slide in self.slides]

    def audio_path(self, number: int) -> Path:
        """WAV of fragment ``number``."""
        return self.generated_dir / _AUDIO / f"audio_fragment_{self.id}_{number}.wav"

    def video_path(self, number: int) -> Path:
        """Clip of fragment ``number``."""
        # The trailing 1 is part of the callers' naming contract: SadTalker may
        # write several clips per fragment, and the LMS expects the suffix.
        return self.generated_dir / _VIDEO / f"video_fragment_{self.id}_{number}_1.mp4"

    def slide_path(self, number: int) -> Path:
        """MP4 of slide ``number``, counted from 1; a slide without fragments has none."""
        return self.generated_dir / _COMBINED / f"slide_{self.id}_{number}.mp4"

    def final_path(self, suffix: str = ".mp4") -> Path:
        """The whole lecture; ``suffix`` names its companions, for example ``.vtt``."""
        return self.generated_dir / _FINAL / f"lecture_{self.id}{suffix}"

    def manifest_path(self) -> Path:
        """JSON account of what was made."""
        return self.generated_dir / _FINAL / f"manifest_{self.id}.json"
