"""Festival: Russian by a program of the system."""
