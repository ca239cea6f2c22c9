"""The hostile battery: what the service promises, with everybody against it.

``python -m benchmarks.attack [--short] [--json] [--only KIND]`` starts services of its own, in
temporary folders, attacks them and prints one line per kind of attack with the promises that
were broken; it ends with status 1 when one was.

:mod:`~benchmarks.attack.place` is a service with its surroundings, :mod:`~benchmarks.attack.ledger`
what was asked and what was broken, :mod:`~benchmarks.attack.ground` how a kind asks; every module
that :mod:`~benchmarks.attack.kinds` names is a kind of attack.
"""
