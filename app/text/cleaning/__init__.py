"""What people paste, turned into language: markup, formulas' commands and broken lines go."""
