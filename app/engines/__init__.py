"""Speech and face engines, one file or package each; :mod:`app.engines.registry` finds them."""
