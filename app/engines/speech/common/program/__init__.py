"""Speech programs of the system, each a process of its own: never linked, never imported."""
