"""Benchmarks that anyone can run: `make bench`. Their results stand in docs/benchmarks.md."""
