"""How much a change weighs, and which known turns of phrase it holds: help for reviewers."""
