"""The nouns: a plan's files, the draft, findings, the numbered document, frozen editions."""
