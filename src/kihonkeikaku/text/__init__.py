"""Japanese text: characters, dates, numerals, spellings, segmentation, similarity."""
