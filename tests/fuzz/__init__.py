"""Requests made up from the API's own document, against a web process as it is really served."""
