"""The tables of jobs and steps, and every transaction on them."""
