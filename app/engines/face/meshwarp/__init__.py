"""The embedded face engine: landmarks, movement fields, a painted mouth, an encoder.

The way of a frame: visemes become the movement of the mouth (``curves``), loudness and
chance that of the head (``idle``); both weigh the layers of the movement fields
(``shapes``, ``fields``), whose sum is inverted and samples the picture (``warp``);
eyes are closed before it (``eyes``) and the inside of the mouth painted after it
(``mouth``).  ``puppet`` holds these together, ``engine`` is the port.
"""
