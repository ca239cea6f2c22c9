"""What stands in, in tests, for what is not here: programs, models, media tools."""
