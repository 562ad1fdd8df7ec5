"""For whoever writes a plan: its edition in the browser, made anew with each change."""
