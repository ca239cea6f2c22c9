"""Measurements; each prints JSON lines with the machine's facts.  ``make bench`` runs them."""
