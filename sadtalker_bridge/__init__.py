"""Programs that serve an engine from another interpreter; Python 3.8, standard library only.

Only the modules that talk to the model (``upstream``, ``analysis``, ``motion``, ``render``,
``paste``, ``enhance``) import more than that, and only once a ``load`` has asked for it.
"""
