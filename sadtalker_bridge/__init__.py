"""Programs that serve an engine from another interpreter; Python 3.8, standard library only.

Every package in here is an engine: its function ``engine`` takes the rest of the command line
and gives an :class:`~sadtalker_bridge.engine.Engine`.  It imports its model's packages only
once it is asked for something that needs them.
"""
