"""The jobs: which lectures are wanted, what is done, what is left, and the finished files.

:mod:`app.jobs.store` keeps the state in a database, :mod:`app.jobs.artifacts` the
files on disk.  Neither runs anything; :mod:`app.worker` does.
"""
