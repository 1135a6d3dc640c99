"""How the documentation is built: MyST and Furo, nothing from the network, reference pages written from the code."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "ext"), str(HERE.parent)]

import chinese_search  # noqa: E402 - the paths come first
import reference_pages  # noqa: E402

project = "Village cadre matcher"
author = "the project"
version = release = "0.1"
html_title = "驻村选派 · Village cadre matcher"

extensions = ["myst_parser", "chinese_search"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "generated/**", "**/.*"]
root_doc = "index"

# A word that refers to nothing is an error ('./dev docs' turns warnings into errors).
nitpicky = True

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_search_language = chinese_search.LANGUAGE
pygments_style = "default"
html_theme_options = {"navigation_with_keys": False, "source_view_link": ""}

# Written before the sources are looked for, so that a page can't describe a command, a field or a rule that is gone.
reference_pages.write(HERE)
