"""What the steps of a lecture need from the outside world, one noun per file.

An adapter is any class with these methods; it need not inherit anything.  The
conventions are the same everywhere:

* samples are mono ``float32`` in [-1, 1], shape ``(n_samples,)``;
* frames are ``uint8`` RGB, shape ``(height, width, 3)``, 25 per second;
* times are seconds, rates are hertz, paths are absolute.
"""
