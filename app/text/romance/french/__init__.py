"""French: its numerals, its words for signs and units, its abbreviations."""
