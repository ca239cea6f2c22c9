"""The server before the application: connections, time limits, bounds, threads, request log.

gunicorn's arbiter starts and watches the processes; in each of them :class:`worker.FrontWorker`
runs waitress' loop, by which one thread reads all requests and none waits for a slow peer.
"""
