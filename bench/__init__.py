"""Benchmarks of PathwayLang: `python -m bench` runs them all, `python -m bench NAME` one suite."""
