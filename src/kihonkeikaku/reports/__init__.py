"""Findings and changes as text, JSON, GitHub, SARIF, JUnit, Markdown."""
