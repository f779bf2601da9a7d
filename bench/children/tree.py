"""Prove and compile a tree: prints its artifact. python -m bench.children.tree 400"""

from __future__ import annotations

import sys

from bench.tree_pathway import tree_artifact
from bench.trees import make_tree
from pathwaylang.ir.artifact import dump_artifact


def main() -> None:
    sys.stdout.write(dump_artifact(tree_artifact(make_tree(int(sys.argv[1])))))


if __name__ == "__main__":
    main()
