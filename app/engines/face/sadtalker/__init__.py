"""SadTalker in its own Python 3.8: the service's side of it.

``options`` and ``preflight`` are light, for the web process.  ``engine`` is the port; it
keeps ``sadtalker_bridge`` warm (``warm``) or runs SadTalker's own program once per fragment
(``oneshot``); ``surroundings`` is the environment in which either runs, ``frames`` takes
the pictures.

Paper: Zhang et al., "SadTalker", CVPR 2023.  https://github.com/OpenTalker/SadTalker
"""
