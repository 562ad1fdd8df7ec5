"""Loaded plan → findings: the rules, the linter that runs them, ``--fix``, the rule book."""
