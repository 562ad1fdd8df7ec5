"""Word and Excel files, read and written: guards for a stranger's archive and its XML."""
