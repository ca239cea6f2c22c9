"""The clients with which LMS backends call the service.

Each of ``programs/`` makes the same calls in its own client's ways.  ``recorded/`` has the requests
that went over the wire and the answers, which are the contract; ``python -m tests.clients.record``
records them anew, where a client has to be added or its newer version sends something else.
"""
