"""SadTalker, warm: its models stay in memory and a face is analysed once.

Nothing but the standard library is imported before ``load``.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any, Dict, Optional

from sadtalker_bridge import memory
from sadtalker_bridge.errors import BridgeError
from sadtalker_bridge.pipe import Frames
from sadtalker_bridge.protocol import Job
from sadtalker_bridge.sadtalker import requests
from sadtalker_bridge.sadtalker.checkpoints import Checkpoints

if TYPE_CHECKING:
    from sadtalker_bridge.sadtalker.models import Models


class SadTalker:
    """Answers the requests of the protocol."""

    def __init__(self, checkout: str) -> None:
        """Serve the checkout in the folder ``checkout``."""
        self._checkout = os.path.abspath(checkout)
        self._wanted = requests.Load()
        self._models: Optional[Models] = None

    def load(self, message: Dict[str, Any], job: Job) -> Dict[str, Any]:
        """Bring the models into memory."""
        started = time.monotonic()
        self._wanted = requests.load(message)
        models = self._loaded(self._wanted.size, self._wanted.preprocess, job)
        if self._wanted.enhancer:
            models.require_enhancer(self._wanted.enhancer, None)
        return {"seconds": round(time.monotonic() - started, 3), "device": models.device}

    def prepare(self, message: Dict[str, Any], job: Job) -> Dict[str, Any]:
        """Analyse a picture, unless its folder holds the analysis."""
        asked = requests.prepare(message)
        models = self._loaded(asked.size, asked.preprocess, job)
        _, cached = models.face(asked.image, asked.folder, asked.preprocess, asked.size, job)
        return {"cached": cached}

    def animate(self, message: Dict[str, Any], job: Job) -> Dict[str, Any]:
        """Render a clip's frames into the pipe."""
        asked = requests.animate(message)
        models = self._loaded(asked.options.size, asked.options.preprocess, job)
        frames = Frames(asked.frames, job)
        try:
            with tempfile.TemporaryDirectory(prefix="clip-", dir=os.getcwd()) as folder:
                for frame in models.render(asked, folder, job):
                    frames.write(memoryview(frame))
        finally:
            frames.close()
        return {"frames": frames.written, "rss": memory.resident_bytes()}

    def diagnose(self, error: BaseException) -> Optional[BridgeError]:
        """The code of an exception of the model, if it has one of its own."""
        if isinstance(error, ImportError):
            return BridgeError("import_failed", f"SadTalker cannot be imported: {error.msg}")
        if memory.ran_out(error):
            memory.give_back(error)
            return BridgeError("out_of_memory", "the device has too little memory")
        return None

    def _loaded(self, size: int, preprocess: str, job: Job) -> Models:
        """The models for a picture size; only one set is held."""
        checkpoints = Checkpoints(self._wanted.checkpoint_dir)
        checkpoints.require(size, full="full" in preprocess)
        job.check()
        held = self._models
        if held is None or held.size != size or held.wanted != self._wanted:
            self._models = held = None
            self._models = held = self._new_models(checkpoints, size)
        held.prepare(preprocess)
        return held

    def _new_models(self, checkpoints: Checkpoints, size: int) -> Models:
        # Before torch is imported.  Its threads would otherwise wait for each other at full
        # speed, which on shared cores doubles the processor time of small networks.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        if self._checkout not in sys.path:
            sys.path.insert(0, self._checkout)
        from sadtalker_bridge.sadtalker.models import Models

        return Models(self._checkout, self._wanted, checkpoints, size)
