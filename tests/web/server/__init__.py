"""The server before the application, on real sockets."""
