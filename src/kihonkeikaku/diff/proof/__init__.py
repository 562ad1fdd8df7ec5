"""The changes are complete: applied to the old edition they give the new one."""
