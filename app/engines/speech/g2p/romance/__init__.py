"""Spanish, French and Italian to the symbols that Kokoro learnt for them."""
