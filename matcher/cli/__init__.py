"""The command line: ``matcher validate | screen | solve | check | synth | template | convert | rules | demo``.

Exit status: 0 a verified plan, or whatever else was asked for, done; 1 anything unexpected, a plan that does
not stand the recount, or an aborted run; 2 invalid input or usage; 3 no plan is possible; 4 no plan within
the effort or time given.
"""

from matcher.cli.app import main

__all__ = ["main"]
