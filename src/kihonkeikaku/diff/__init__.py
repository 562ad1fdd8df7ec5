"""Two plans → changes: matching, kinds of change, redlines, significance, proof."""
