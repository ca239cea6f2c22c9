"""The jobs: which are wanted, what is done, what is left, and the finished files.

:mod:`app.jobs.store.store` keeps the state in a database, :mod:`app.jobs.files.artifacts` the
files on disk.  Neither runs anything; :mod:`app.worker` does.
"""
