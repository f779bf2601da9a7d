"""No text makes the model fail: mutated pathways give a model or findings, never an exception.

Seeded, so that a failure can be repeated; about three seconds.
"""

from __future__ import annotations

import random
import re

import pytest

from tests.model.kit import findings
from tests.model.test_slips import GOOD
from tests.model.test_tables import FULL

WORDS = re.findall(r"\w+|[^\w\s]", GOOD)


def mutated(text: str, random_: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(random_.randint(1, 4)):
        at = random_.randrange(len(lines))
        match random_.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(random_.randrange(len(lines)), lines[at])
            case 2:
                words = re.findall(r"\s+|\w+|[^\w\s]", lines[at]) or [" "]
                words[random_.randrange(len(words))] = random_.choice(WORDS)
                lines[at] = "".join(words)
            case _:
                other = random_.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_mutations(seed: int) -> None:
    random_ = random.Random(seed)
    for _ in range(20):
        text = mutated(random_.choice([GOOD, FULL]), random_)
        for found in findings(text):
            assert found.labels, text
            assert found.span.source == "main.pw", text
            assert 0 <= found.span.start <= found.span.end <= len(text), text
