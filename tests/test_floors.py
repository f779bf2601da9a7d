"""The floors of docs/architecture.md: imports run downwards, libraries stay in their rooms.

Every import statement of the package is read from its source, also those inside functions and
under `if TYPE_CHECKING`, and so is `importlib.import_module("…")`. The rules are applied to the
real files and, so that a rule which never fires is noticed, to small invented modules as well.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "pathwaylang"

# Room -> floor. A module belongs to the longest room that its name starts with.
FLOORS = {
    "pathwaylang": -1,
    "pathwaylang.__version__": -1,
    "pathwaylang.diagnostics": 0,
    "pathwaylang.ir": 1,
    "pathwaylang.compiler": -1,
    "pathwaylang.compiler.syntax": 2,
    "pathwaylang.compiler.model": 3,
    "pathwaylang.compiler.lower": 4,
    "pathwaylang.runtime": 5,
    "pathwaylang.compiler.verify": 6,
    "pathwaylang.compiler.emit": 7,
    "pathwaylang.compiler.qa": 7,
    "pathwaylang.compiler.pipeline": 8,
    "pathwaylang.service": 9,
    "pathwaylang.certificate": 9,
    "pathwaylang.render": 10,
    "pathwaylang.lsp": 10,
    "pathwaylang.server": 10,
    "pathwaylang.cli": 10,
    "pathwaylang.__main__": 11,
}
# Rooms that are one `__init__` with nothing but a docstring or the version: no file may join them.
CLOSED = {"pathwaylang", "pathwaylang.compiler"}
# On the top floor the command line starts the others; they do not know it nor each other.
SIDEWAYS = {
    ("pathwaylang.cli", "pathwaylang.render"),
    ("pathwaylang.cli", "pathwaylang.lsp"),
    ("pathwaylang.cli", "pathwaylang.server"),
}
# The independent checker may share the artifact's schema and the guard evaluator, nothing else.
CERTIFICATE_MAY = tuple(
    f"pathwaylang.ir.{name}"
    for name in ("artifact", "derived.", "facts.", "graph.", "guards", "kleene.")
)

# Library -> the only rooms that may import it, whatever the folder.
BOUND_LIBRARIES = {
    "lark": ("pathwaylang.compiler.syntax",),
    "graphviz": ("pathwaylang.compiler.emit", "pathwaylang.render"),
    "pygraphviz": ("pathwaylang.compiler.emit", "pathwaylang.render"),
}
# Below the top floor, and outside `engines/` and `adapters/`, no other library than pydantic may
# come in, and that only at the rim.
PYDANTIC_ROOMS = ("pathwaylang.ir", "pathwaylang.runtime", "pathwaylang.certificate")
TOP_FLOOR = 10
ADAPTER_FOLDERS = {"engines", "adapters"}
LIGHT_RUNTIME_FORBIDS = ("lark", "graphviz", "pygraphviz", "click", "rich", "pathwaylang.compiler")


@dataclass(frozen=True, slots=True)
class Import:
    """One import: what, on which line, and whether it stands where imports at call time belong."""

    target: str
    line: int
    is_inner: bool
    is_in_command: bool


def module_name(path: Path, root: Path = ROOT) -> str:
    """Return the dotted name of a source file; a package's name for its `__init__`."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read_imports(name: str, source: str, is_package: bool = False) -> Iterator[Import]:
    """Yield every import of a module's source, at any depth."""
    package = name if is_package else name.rpartition(".")[0]
    yield from _walk(ast.parse(source), package, is_inner=False, is_in_command=False)


def _walk(node: ast.AST, package: str, is_inner: bool, is_in_command: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for target in _targets(child, package):
            yield Import(target, child.lineno, is_inner, is_in_command)
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _walk(
            child, package, is_inner or is_function, is_in_command or _is_command(child)
        )


def _targets(node: ast.AST, package: str) -> list[str]:
    """Return the modules that a node imports; `from a import b` may mean the module `a.b`."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module, names=names, level=level):
            up = package.split(".")[: len(package.split(".")) - level + 1] if level else []
            base = ".".join([*up, *([module] if module else [])])
            return [f"{base}.{alias.name}" for alias in names]
        case ast.Call(
            func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__"),
            args=[ast.Constant(value=str(target)), *_],
        ):
            return [target]
    return []


def _is_command(node: ast.AST) -> bool:
    """Tell whether a node is the body of a command: a function decorated with `….command(…)`."""
    return isinstance(node, ast.FunctionDef) and any(
        ast.unparse(decorator).partition("(")[0].endswith("command")
        for decorator in node.decorator_list
    )


def room_of(name: str) -> str:
    """Return the room of a module: the longest known prefix of its name, or nothing."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        room = ".".join(parts[:length])
        if room in FLOORS and (room not in CLOSED or length == len(parts)):
            return room
    return ""


def problems_of(name: str, source: str, is_package: bool = False) -> list[str]:
    """Return what is wrong with the imports of one module, in reading order."""
    return [
        f"{name}:{found.line}: {problem}"
        for found in read_imports(name, source, is_package)
        for problem in _judge(name, found)
    ]


def _judge(name: str, found: Import) -> Iterator[str]:
    is_adapter = bool(ADAPTER_FOLDERS & set(name.split(".")[:-1]))
    is_command_body = room_of(name) == "pathwaylang.cli" and found.is_in_command
    if found.is_inner and not (is_adapter or is_command_body):
        yield f"imports {found.target} inside a function"
    if found.target.split(".")[0] == PACKAGE:
        yield from _judge_own(name, found.target)
    else:
        yield from _judge_library(name, found.target.split(".")[0], is_adapter)


def _judge_own(name: str, target: str) -> Iterator[str]:
    here, there = room_of(name), room_of(target)
    if here == there or (here, there) in SIDEWAYS:
        return
    if here == "pathwaylang.certificate" and not target.startswith(CERTIFICATE_MAY):
        yield f"the certificate checker imports {target}"
    elif not here or not there:
        yield f"{target if here else name} is in no known room"
    elif FLOORS[here] <= FLOORS[there]:
        yield f"floor {FLOORS[here]} imports {target} of floor {FLOORS[there]}"


def _judge_library(name: str, library: str, is_adapter: bool) -> Iterator[str]:
    room = room_of(name)
    if library in BOUND_LIBRARIES:
        is_allowed = room in BOUND_LIBRARIES[library]
    elif library == "pydantic" and room in PYDANTIC_ROOMS:
        is_allowed = True
    else:
        is_library = library not in sys.stdlib_module_names
        is_allowed = not is_library or is_adapter or FLOORS.get(room, -1) >= TOP_FLOOR
    if not is_allowed:
        yield f"{library} does not belong into {room or name}"


def source_files() -> list[Path]:
    """Return every Python file of the package, sorted."""
    return sorted((ROOT / PACKAGE).rglob("*.py"))


@pytest.mark.parametrize("path", source_files(), ids=module_name)
def test_imports_run_downwards(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert problems_of(module_name(path), source, path.name == "__init__.py") == []


def test_every_module_has_a_room() -> None:
    assert [name for name in map(module_name, source_files()) if not room_of(name)] == []


def test_packages_above_rooms_import_nothing() -> None:
    """Else importing one room would load others behind its back."""
    for package in (PACKAGE, f"{PACKAGE}.compiler"):
        init = ROOT / package.replace(".", "/") / "__init__.py"
        assert list(read_imports(package, init.read_text(encoding="utf-8"), True)) == []


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("ir.graph", "from pathwaylang.runtime import load", "floor 1 imports"),
        ("ir.graph", "from pathwaylang.diagnostics import Span", None),
        ("ir.graph", "from pathwaylang import __version__", None),
        ("diagnostics.codes", "import pydantic", "pydantic does not belong"),
        ("compiler.model.build", "from pathwaylang.compiler import pipeline", "floor 3 imports"),
        ("compiler.emit.dot", "import pathwaylang.compiler.qa.diff", "floor 7 imports"),
        ("runtime.case", "if TYPE_CHECKING:\n  import pathwaylang.service", "floor 5 imports"),
        ("runtime.case", "def f():\n  from pathwaylang import ir", "inside a function"),
        ("runtime.case", "class A:\n  def f(self):\n    import json", "inside a function"),
        ("runtime.case", "import importlib\nimportlib.import_module('lark')", "lark does not"),
        ("runtime.case", "import click", "click does not belong"),
        ("runtime.adapters.arrow", "def f():\n  import pyarrow", None),
        ("runtime.adapters.arrow", "import pathwaylang.compiler.emit.dot", "floor 5 imports"),
        ("compiler.verify.engines.z3", "def f():\n  import z3", None),
        ("compiler.verify.engines.z3", "import lark", "lark does not belong"),
        ("compiler.verify.replay", "from pathwaylang.runtime.evaluate import evaluate", None),
        ("compiler.verify.replay", "from .. import emit", "floor 6 imports"),
        ("compiler.syntax.parse", "import lark", None),
        ("compiler.model.build", "from lark import Token", "lark does not belong"),
        ("cli.main", "import lark", "lark does not belong"),
        ("cli.main", "import click, rich", None),
        ("cli.draw", "@group.command('draw')\ndef draw():\n  import pathwaylang.render.svg", None),
        ("cli.draw", "def draw():\n  import pathwaylang.render.svg", "inside a function"),
        ("render.svg", "import pygraphviz", None),
        ("render.svg", "from pathwaylang.cli import main", "floor 10 imports"),
        ("certificate", "from pathwaylang.ir.artifact import Artifact", None),
        ("certificate", "from pathwaylang.ir.diagram import Diagram", "certificate checker"),
        ("certificate.proof", "from pathwaylang.ir.derive import Values", "certificate checker"),
        ("utils", "from pathwaylang.ir import graph", "no known room"),
        ("compiler.helpers", "from pathwaylang.ir import graph", "no known room"),
    ],
)
def test_rules_fire(name: str, source: str, expected: str | None) -> None:
    problems = problems_of(f"{PACKAGE}.{name}", source)
    if expected is None:
        assert problems == []
    else:
        assert len(problems) == 1
        assert expected in problems[0]


def test_runtime_loads_no_compiler() -> None:
    script = "import json, sys, pathwaylang.runtime; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = json.loads(done.stdout)
    assert f"{PACKAGE}.runtime" in loaded
    forbidden = [
        name
        for name in loaded
        if name.startswith(tuple(f"{ban}." for ban in LIGHT_RUNTIME_FORBIDS))
        or name in LIGHT_RUNTIME_FORBIDS
    ]
    assert forbidden == []
