"""Japanese text: characters, widths, dates, numerals, spellings, segmentation, similarity."""
