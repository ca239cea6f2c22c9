"""Spanish, French and Italian text written out as it is spoken."""
