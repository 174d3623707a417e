"""Measures: accuracy, names, speed. Run as `python -m tests.benchmarks`; nothing here passes or fails."""
