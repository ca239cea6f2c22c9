"""A file becomes a text when it is certain which text it holds."""
