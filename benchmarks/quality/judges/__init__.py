"""What is measured in finished sounds and clips; each module is one judge.

A judge knows nothing of the engines: it is given samples, texts or a file, and what was
asked for, and answers with plain numbers.
"""
