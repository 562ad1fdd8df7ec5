"""The PDF edition: made here, set in a child process."""
