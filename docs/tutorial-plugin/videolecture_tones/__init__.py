"""A speech engine for Videolecture that plays a tone for each letter."""
