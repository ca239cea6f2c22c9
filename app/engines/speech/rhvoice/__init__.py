"""RHVoice: Russian and English by a program of the system."""
