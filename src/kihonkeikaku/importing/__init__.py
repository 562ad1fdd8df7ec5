"""Word, PDF, text → units → a plan folder, with the report of every line."""
