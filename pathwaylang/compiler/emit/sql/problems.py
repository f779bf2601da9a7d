"""Why a pathway cannot be written as SQL, told to the user as it is."""

from __future__ import annotations


class SqlProblem(Exception):  # noqa: N818 - a reason, not a fault
    """This pathway cannot be written as SQL; the message says why."""
