"""A published folder, checked by a stranger: files, texts, links, and the adopted editions.

``docs/publishing.md`` lists what a verification can notice, and what it can't.
"""
