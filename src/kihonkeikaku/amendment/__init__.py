"""The amendment text (改め文): drafted, and read again by one who knows only the old edition."""

from kihonkeikaku.amendment.amendment import amendment, prove_amendment, proved_amendment

__all__ = ["amendment", "prove_amendment", "proved_amendment"]
