"""The failure suite: what the service promises, with its processes killed meanwhile.

``python -m benchmarks.chaos [--short] [NAME ...]`` prints one JSON line per case and
ends with status 1 when a bar is missed.  The store, the workers, their children, their
reapers, gunicorn, PostgreSQL and the brokers are real; the engines are stand-ins
(:mod:`benchmarks.chaos.workshop`).

:mod:`~benchmarks.chaos.place` is one service in a folder of its own,
:mod:`~benchmarks.chaos.findings` what a case measured, and every other module a
kind of failure.
"""
