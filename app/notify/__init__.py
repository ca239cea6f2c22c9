"""Webhooks: who is told that a lecture has ended, and how the message gets there."""
