"""English text written out as it is spoken."""
