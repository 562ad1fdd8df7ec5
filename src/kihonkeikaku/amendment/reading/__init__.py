"""Amendment text → the edition that it makes of the old one."""
