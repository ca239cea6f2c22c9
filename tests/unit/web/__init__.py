"""Parts of the web side that need no socket."""
