"""Pictures as people photograph them, made from portraits, and what the examiner says of them.

``python -m benchmarks.pictures``; see docs/benchmarks.md.
"""
