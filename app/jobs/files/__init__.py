"""Files of the service: artifacts, what is published, what is removed again."""
