"""Russian: stress, pronunciation, and Kokoro's symbols for it."""
