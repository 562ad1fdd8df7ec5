"""Whether a published edition is what was published: files, texts, links, adopted editions.

``docs/publishing.md`` says what can be noticed so, and what can't.
"""
