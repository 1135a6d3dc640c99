"""Properties of the whole engine on rounds so tiny that every plan can be tried.

`tiny_rounds.py` draws the rounds, `judged.py` asks the engine and the brute force of `tests.outside` about
them; each test module states one property.
"""
