"""The contract of the LMS that calls the service: its routes, its envelope, its sentences."""
