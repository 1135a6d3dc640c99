"""The benchmarks: rounds, methods, measured runs, targets and the report.

``matcher bench`` is the way in. Everything is written below ``build/bench`` of the repository.
"""
