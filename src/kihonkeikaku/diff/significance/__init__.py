"""The weight of changes, and marks for known changes of phrase: help for reviewers."""
