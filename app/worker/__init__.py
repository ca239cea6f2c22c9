"""The worker: does the steps of the job store, each in a child process that can be killed.

:mod:`~app.worker.worker` is the worker, :mod:`~app.worker.slot` one step at a
time, :mod:`~app.worker.child` the child process that does it, :mod:`~app.worker.warm_child`
that process as the slot sees it.
"""
