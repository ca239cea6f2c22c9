"""Programs that serve an engine from another interpreter; Python 3.8, standard library only."""
