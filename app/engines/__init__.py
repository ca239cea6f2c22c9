"""Speech and face engines, a folder each; :mod:`app.engines.registry` finds them."""
