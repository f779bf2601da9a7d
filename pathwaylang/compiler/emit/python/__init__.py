"""A pathway as one Python module that needs nothing but Python."""

from pathwaylang.compiler.emit.python.module import emit_python

__all__ = ["emit_python"]
