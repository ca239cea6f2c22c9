"""Real databases and brokers for tests, on free loopback ports with their own directories."""
