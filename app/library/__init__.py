"""The library: stored faces and voices, their files, and uploads that can be resumed."""
