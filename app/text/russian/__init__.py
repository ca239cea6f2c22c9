"""Russian text written out as it is spoken."""
