"""Why a plan is as it is: reasons counted from round and plan alone, and answers that need a solve."""

from matcher.explaining.explanation import explained, explanation_of

__all__ = ["explained", "explanation_of"]
