"""How the lecturer looks and sounds, measured on a fixed set and shown in a report.

``python -m benchmarks.quality`` or ``make quality``; see docs/benchmarks.md.
"""
