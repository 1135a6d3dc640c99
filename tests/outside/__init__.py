"""An outside recount: an auditor written from the specification alone, sharing no code with the product.

`recount.py` counts a plan and compares it with what its document says; `brute_force.py` tries every plan of
a tiny round. Both take plain documents ("round/1", "plan/1") and take the round to be valid: finding fault
with the input is not their work. Nothing here may import the product, or the two would err together.
"""
