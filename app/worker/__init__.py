"""The worker: does the steps of the job store, each in a child process that can be killed.

:mod:`~app.worker.worker` is the worker, :mod:`~app.worker.slot` one step at a
time, :mod:`~app.worker.host` the child process, :mod:`~app.process.reaper` what ends
the child's whole family.
"""
