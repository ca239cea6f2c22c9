"""Engines that turn a still face and speech into a talking head."""
