"""What speech engines share: loudness, phrases, timing, speakers."""
