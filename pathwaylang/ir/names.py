"""Did you mean: the known names that look most like a name nobody knows.

In comes a name as written and the names that would be allowed; out come the likeliest ones, best
first. A name that differs only in case or in separators (`_`, `-`, `/`, space …) comes first; then
names within a small number of slips: a letter missing, added, changed, or two neighbours swapped.
The number of slips allowed grows with the length, so that short names are not matched at random.

Method: optimal string alignment distance (Damerau 1964, restricted), cut off early.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

_MAX_SLIPS = 4
_LETTERS_PER_SLIP = 3


def nearest(name: str, candidates: Iterable[str], n: int = 1) -> tuple[str, ...]:
    """Return up to `n` candidates that `name` may have meant, best first; none if none is near.

    >>> nearest("bilirubbin", ["albumin", "bilirubin", "inr"])
    ('bilirubin',)
    >>> nearest("ECOG", ["ecg", "ecog"], n=2)
    ('ecog', 'ecg')
    >>> nearest("age", ["histology"])
    ()
    """
    wanted, allowed = _bare(name), allowed_slips(name)
    ranked: list[tuple[int, str]] = []
    for candidate in set(candidates):
        if candidate.casefold() == name.casefold():
            ranked.append((-2, candidate))
        elif wanted and _bare(candidate) == wanted:
            ranked.append((-1, candidate))
        else:
            distance = slips(name.casefold(), candidate.casefold(), allowed)
            if distance is not None:
                ranked.append((distance, candidate))
    return tuple(map(itemgetter(1), sorted(ranked)[: max(n, 0)]))


def allowed_slips(name: str) -> int:
    """Return how many slips a name of this length may hide.

    >>> allowed_slips("a"), allowed_slips("age"), allowed_slips("bilirubin")
    (0, 1, 3)
    """
    return 0 if len(name) <= 1 else min(max(len(name) // _LETTERS_PER_SLIP, 1), _MAX_SLIPS)


def slips(left: str, right: str, limit: int) -> int | None:
    """Return the number of single slips between two texts, or None above `limit`.

    >>> slips("cea", "cae", 1), slips("cea", "afp", 1)
    (1, None)
    """
    if abs(len(left) - len(right)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(right, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > limit and min(before) > limit:
            return None
    return row[-1] if row[-1] <= limit else None


def _bare(name: str) -> str:
    """Return a name without case and without anything but letters and digits."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
