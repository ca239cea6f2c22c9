"""What pages of a real browser can do with the service: Chromium, driven by pages that report."""
