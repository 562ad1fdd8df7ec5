"""PDFs of plans and comparisons: laid out by WeasyPrint in a worker process, and read back."""
