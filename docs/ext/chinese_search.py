"""Search of Chinese and English pages: English words, and Chinese text by pairs of characters.

Sphinx's own Chinese search needs a package with a dictionary; without it a whole sentence is one word.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.search.en import SearchEnglish

LANGUAGE = "zh-pairs"

_WORDS = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")

# The same in the browser, for what the reader types.
_JAVASCRIPT = r"""
function splitQuery(query) {
  const words = query.match(/[\u3400-\u9fff]+|(?:(?![\u3400-\u9fff])[\p{Letter}\p{Number}_])+/gu) || [];
  return words.flatMap((word) =>
    /^[\u3400-\u9fff]{2,}$/.test(word)
      ? Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2))
      : [word],
  );
}
"""


class SearchPairs(SearchEnglish):
    """Splits Chinese text into overlapping pairs of characters."""

    # The name "English" stays: it names the stemmer in the browser.
    lang = LANGUAGE
    js_splitter_code = _JAVASCRIPT

    def split(self, text: str) -> list[str]:
        """Return the words of ``text``; of Chinese text every pair of neighbours, or a character alone."""
        found: list[str] = []
        for word in _WORDS.findall(text):
            if "\u3400" <= word[0] <= "\u9fff" and len(word) > 1:
                found += (word[i : i + 2] for i in range(len(word) - 1))
            else:
                found.append(word)
        return found


def setup(app: Any) -> dict[str, bool]:
    """Make the language known to Sphinx."""
    app.add_search_language(SearchPairs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
