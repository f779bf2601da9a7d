"""Floor 10: charts as files. Drawing happens in process; the libraries for it are an extra."""

from pathwaylang.render.charts import ENDINGS, FORMATS, Format, chart_bytes, render_charts
from pathwaylang.render.problems import RenderError
from pathwaylang.render.svg import accessible_svg

__all__ = [
    "ENDINGS",
    "FORMATS",
    "Format",
    "RenderError",
    "accessible_svg",
    "chart_bytes",
    "render_charts",
]
