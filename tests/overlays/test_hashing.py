"""The hash leaves out the head line of an approval, and nothing else."""

from __future__ import annotations

import pytest

from pathwaylang.certificate.check import hash_of
from pathwaylang.ir.hashing import source_hash, without_approval

LINE = f'  approved "Dr \\"A\\", role" 2026-12-01 of {"0a" * 32}\n'
HEAD = 'pathway p "P"\n  status approved\n'


def test_the_head_line_is_left_out() -> None:
    assert without_approval(HEAD + LINE + "fact x\n") == HEAD + "fact x\n"


@pytest.mark.parametrize(
    "text",
    [
        f'  note """\n{LINE}  """\n',
        '  note "x"\n  approved by nobody\n',
        f"  # {LINE}",
        f'  note """one\n{LINE}"""\n  note "two" # """\n',
    ],
)
def test_the_words_elsewhere_count(text: str) -> None:
    assert without_approval(HEAD + text) == HEAD + text
    changed = text.replace("approved", "approvec")
    assert source_hash([("p.pw", HEAD + text)]) != source_hash([("p.pw", HEAD + changed)])


def test_behind_a_comment_with_quotes_it_is_found() -> None:
    text = f'{HEAD}  # three """ quotes\n{LINE}fact x\n'
    assert LINE not in without_approval(text)


def test_the_checker_counts_alike() -> None:
    text = f'{HEAD}{LINE}  note """\n{LINE}"""\r\n  # {LINE}'
    assert hash_of(["p.pw"], {"p.pw": text}) == source_hash([("p.pw", text)])
