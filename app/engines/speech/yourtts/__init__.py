"""YourTTS: the sample's own voice in three languages."""
