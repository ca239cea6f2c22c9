"""Makes a bare Python 3.8 take ``stand_in_models`` for ``sadtalker_bridge.sadtalker.models``.

That is the one module of the bridge that needs torch; all others are the real ones.
"""

import importlib.machinery
import importlib.util
import os
import sys
from typing import Any, Optional

_STAND_IN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "stand_in_models.py")


class _Finder:
    @staticmethod
    def find_spec(
        name: str, path: Any = None, target: Any = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if name == "sadtalker_bridge.sadtalker.models":
            return importlib.util.spec_from_file_location(name, _STAND_IN)
        return None


sys.meta_path.insert(0, _Finder)
