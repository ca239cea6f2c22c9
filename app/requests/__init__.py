"""What programs have asked for by the API: lectures that can be edited, and answers to repeat."""
