"""Child processes and what ends them with all that they have started."""
