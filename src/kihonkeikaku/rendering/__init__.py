"""The editions: what a ``Document`` looks like as HTML and as PDF."""
