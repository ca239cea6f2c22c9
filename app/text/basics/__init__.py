"""German, Portuguese and Polish: numbers, dates, units and abbreviations written out in words."""
