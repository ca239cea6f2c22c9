"""How idle workers learn that steps are ready."""
