"""A picture: a chart that is drawn here, without a browser and without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

#: Fonts for Chinese and Latin text, the first that a machine has counts.
FONTS = "Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Zen Hei, Microsoft YaHei, PingFang SC, sans-serif"
#: Colours that people who see red and green alike can tell apart.
COLOURS = ("#0B5FA5", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A7A7A")
#: Points of a pixel in a PNG, so that it is sharp in print.
_SCALE = 2.0


class Picture:
    """A chart with its name.

    Parameters
    ----------
    chart
        An altair chart, for whoever wants to change it.
    title
        Its heading.
    """

    def __init__(self, chart: Any, title: str) -> None:
        self.chart = (
            chart.properties(title=title)
            .configure(font=FONTS, background="white")
            .configure_axis(labelFontSize=11, titleFontSize=12, titleFontWeight="normal", gridColor="#E6E6E6")
            .configure_legend(labelFontSize=11, titleFontSize=11, orient="top")
            .configure_title(fontSize=14, anchor="start")
            .configure_view(stroke="#BBBBBB")
        )
        self.title = title
        self._svg: str | None = None

    def svg(self) -> str:
        """Return the picture as SVG, the same each time: drawing numbers its parts anew."""
        if self._svg is None:
            self._svg = self._drawn()
        return self._svg

    def _drawn(self) -> str:
        with alt.data_transformers.enable("default", max_rows=None):
            return str(vl_convert.vegalite_to_svg(self.chart.to_json()))

    def png(self) -> bytes:
        """Return the picture as PNG."""
        with alt.data_transformers.enable("default", max_rows=None):
            return bytes(vl_convert.vegalite_to_png(self.chart.to_json(), scale=_SCALE))

    def save(self, path: str | Path) -> None:
        """Write the picture; the name's ending (``.svg`` or ``.png``) says how.

        Raises
        ------
        ValueError
            For another ending.
        """
        where = Path(path)
        if where.suffix == ".svg":
            where.write_text(self.svg(), encoding="utf-8")
        elif where.suffix == ".png":
            where.write_bytes(self.png())
        else:
            raise ValueError(f"a picture is written as .svg or .png, not as {where.suffix or 'nothing'}")

    def _repr_html_(self) -> str:
        """Return the picture for a notebook: the SVG itself, which loads nothing."""
        return self.svg()
