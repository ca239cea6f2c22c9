"""Child processes, and what ends them with all that they have started.  Linux only.

:mod:`~app.process.child` starts a program and waits for it, :mod:`~app.process.reaper` stands
between this process and the program and leaves nothing of it behind, :mod:`~app.process.lines`
is how the two ends of a pipe talk in lines, :mod:`~app.process.tree` tells one process from
another and finds those that nobody watches any more.
"""
