"""Russian: spelling out, stress, pronunciation, and Kokoro's symbols for it."""
