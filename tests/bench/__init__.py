"""Benchmarks: ratios against a bare floor in the same run, printed as tables. `make bench` runs all of them."""
