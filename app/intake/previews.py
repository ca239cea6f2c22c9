"""What is made of a stored face or voice, so that people see and hear it.

It is made by workers, later, and it may fail without any harm: the face or the voice can be used
all the same.
"""

from __future__ import annotations

import logging
from pathlib import Path

from app.bootstrap import Services
from app.engines import choice, configured
from app.errors import EngineUnavailable, InputError, LanguageError
from app.intake import small_jobs
from app.intake.small_jobs import SmallJob
from app.lecture import FaceChoice
from app.steps import preview, profile, stored_face, thumbnail, trial
from app.steps.stored_face import StoredFace
from app.steps.utterance import Utterance

log = logging.getLogger(__name__)


def request_avatar_preview(
    services: Services, tenant: str, avatar_id: int, *, image: Path, sha256: str, folder: Path
) -> bool:
    """Have a stored face shown: ``thumbnail.jpg`` and ``preview.mp4`` appear in the folder.

    Where the configured face engine cannot run, only the thumbnail does.

    Args:
        avatar_id: Also that of the job.
        image: The face's picture; a copy is kept for the job.
        sha256: Of the picture.
        folder: For the results; it is there.

    Returns:
        Whether something was started: not when the same is being made, or there already.

    Raises:
        JobConflict: It is just being made of another picture.
        DiskFull: No space for the copy or the job.
    """
    engine = _face_engine(services)
    copy = small_jobs.lasting_copy(services, tenant, stored_face.AVATAR, avatar_id, sha256)
    steps = [thumbnail.step(sha256, folder)]
    if engine:
        identity = configured.face_identity(services.settings, engine, FaceChoice())
        steps.append(preview.step(identity, sha256, folder))
    content = stored_face.content_of(StoredFace(avatar_id, copy, engine))
    job = SmallJob(content, tuple(steps), folder)
    return small_jobs.submit(services, tenant, job, image, copy)


def request_voice_profile(
    services: Services,
    tenant: str,
    voice_id: int,
    *,
    sample: Path,
    sha256: str,
    language: str | None,
    folder: Path,
) -> bool:
    """Have a stored voice tried: ``preview.wav`` and ``profile.json`` appear in the folder.

    Args:
        voice_id: Also that of the job.
        sample: The recording; a copy is kept for the job.
        sha256: Of the recording.
        language: ISO 639-1 code, of the sentence that is said; the one that lectures have where
            nobody names another, and English where that is told from the text.
        folder: For the results; it is there.

    Returns:
        Whether something was started: not when the same is being made or there already, and not
        where nothing can say a sentence in that language.

    Raises:
        JobConflict: It is just being made of another recording.
        DiskFull: No space for the copy or the job.
    """
    settings = services.settings
    language = language or _usual_language(services)
    slide = trial.said_in(language)
    if slide is None:
        log.warning("voice not tried voice=%d language=%s why=no sentence", voice_id, language)
        return False
    try:
        engine = choice.choose_speech_engine(settings, language, None)
    except (LanguageError, EngineUnavailable) as error:
        log.warning("voice not tried voice=%d language=%s why=%s", voice_id, language, error.code)
        return False
    copy = small_jobs.lasting_copy(services, tenant, trial.VOICE, voice_id, sha256)
    identity = configured.speech_identity(settings, engine)
    said = Utterance(voice_id, copy, language, engine, identity, sha256, slide)
    spoken = trial.step(said, folder)
    steps = (spoken, profile.step(spoken, folder))
    job = SmallJob(trial.content_of(said), steps, folder)
    return small_jobs.submit(services, tenant, job, sample, copy)


def _usual_language(services: Services) -> str:
    usual = services.settings.lecture.language
    return "en" if usual == "auto" else usual


def _face_engine(services: Services) -> str:
    """The configured face engine; empty when it cannot run here."""
    try:
        return choice.choose_face_engine(services.settings, None, FaceChoice())
    except (EngineUnavailable, InputError) as error:
        log.warning("no avatar moves why=%s", error.code)
        return ""
