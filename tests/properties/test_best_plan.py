"""The engine finds the best plan there is, and says so rightly: brute force tries them all."""

import pytest
from hypothesis import given

from matcher.check import check  # noqa: F401
from matcher.solving.attainable import attainable_points
