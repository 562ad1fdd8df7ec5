"""The editions and comparisons, rendered as HTML and PDF with the same text as the document."""
