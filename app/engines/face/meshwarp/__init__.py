"""The embedded face engine: landmarks, movement fields, a painted mouth, an encoder.

The way of a frame: visemes become the movement of the mouth (``curves``), as wide as suits
the face (``calibration``), stresses, pauses and chance that of the head (``prosody``,
``idle``); both weigh the layers of the movement fields (``shapes``, ``fields``), whose sum
is inverted (``warp``) and samples the picture (``sampling``); eyes are closed before it
(``eyes``, ``lids``) and the inside of the mouth painted after it (``mouth``).  ``puppet``
holds these together, ``engine`` is the port.
"""
