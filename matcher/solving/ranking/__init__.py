"""Ranked plans: the best plan, then the best that differ from every better one, each with its proof."""

from matcher.solving.ranking.ranking import Ranking

__all__ = ["Ranking"]
