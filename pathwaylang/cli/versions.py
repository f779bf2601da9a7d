"""Versions of pathways: files, folders, and what git keeps of them as `REV:path`.

What the user wrote comes in; compilations come out, each with the name its version is shown by. A
revision is read through `git cat-file`: nothing is checked out, no file is touched.

INVARIANT: a revision never reaches git as an option; a path that exists as a file is that file.
"""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathwaylang.cli.compiling import findings_text, tally, today
from pathwaylang.cli.files import (
    LIMIT,
    FileProblem,
    Loader,
    decode_text,
    make_loader,
    read_inputs,
    read_text,
)
from pathwaylang.cli.terminal import show
from pathwaylang.compiler.pipeline import Compilation
from pathwaylang.diagnostics import Source
from pathwaylang.diagnostics.render_text import TextStyle
from pathwaylang.diagnostics.visible import visible
from pathwaylang.ir.graph import DecisionGraph


@dataclass(frozen=True, slots=True)
class Version:
    """One pathway of a version: its graph, its compilation, and how the version is named."""

    shown: str
    graph: DecisionGraph
    compilation: Compilation


def read_version(spec: str) -> tuple[tuple[Source, Loader], ...]:
    """Return the pathways a user names, with what loads their modules; raises FileProblem."""
    revision, colon, path = spec.partition(":")
    if os.path.exists(spec) or not colon or not revision:
        inputs = read_inputs((spec,), with_modules=False)
        if inputs.problems:
            raise FileProblem("\n".join(inputs.problems))
        load = make_loader()
        return tuple((source, load) for source in inputs.sources)
    return _read_revision(revision, path)


def compile_version(spec: str, style: TextStyle) -> tuple[tuple[Version, ...], bool]:
    """Compile the pathways of a version as far as their graphs.

    Findings that stand in the way are printed; the flag tells whether there were any.
    """
    found: list[Version] = []
    has_failed = False
    for source, load in read_version(spec):
        compilation = Compilation(source, load, today=today())
        failures = [d for d in compilation.reading if d.is_failure]
        graph = compilation.graph
        if failures or graph is None or not graph.decisions:
            has_failed = True
            show(findings_text(failures, compilation.sources, style), style)
            told = tally(failures) if failures else "this is no pathway with decisions"
            show(f"{visible(spec)}: {told}", style)
            continue
        found.append(Version(spec, graph, compilation))
    return tuple(found), has_failed


def pair_up(
    old: Iterable[Version], new: Iterable[Version]
) -> tuple[list[tuple[Version, Version]], list[str]]:
    """Match pathways by name; a single one on each side is one pathway, whatever its name.

    Where a folder has a name twice, the names of the files tell them apart. The second value tells
    of pathways that only one version has.
    """
    before, now = list(old), list(new)
    if len(before) == len(now) == 1:
        return [(before[0], now[0])], []
    names = [[version.graph.about.name for version in side] for side in (before, now)]
    twice = {name for side in names for name in side if side.count(name) > 1}

    def key(version: Version) -> tuple[str, str]:
        name = version.graph.about.name
        file = posixpath.basename(version.compilation.source.name) if name in twice else ""
        return name, file

    theirs = {key(version): version for version in before}
    pairs = []
    lonely = []
    for version in now:
        mine = theirs.pop(key(version), None)
        if mine is None:
            lonely.append(version)
        else:
            pairs.append((mine, version))
    told = [f"{visible(' '.join(key(v)).strip())}: only in {visible(v.shown)}"
            for v in (*lonely, *theirs.values())]  # fmt: skip
    return pairs, told


def read_renames(path: str | None) -> Mapping[str, str]:
    """Read a map of names, one `old: new` a line; raises FileProblem."""
    if path is None:
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        old, colon, new = (part.strip().strip("\"'") for part in text.partition(":"))
        if not colon or not old or not new or " " in old + new:
            raise FileProblem(f"{visible(path)}: line {number}: write `old_name: new_name`")
        found[old] = new
    return found


# ------------------------------------------------------------ git


def _read_revision(revision: str, path: str) -> tuple[tuple[Source, Loader], ...]:
    if revision.startswith("-") or not revision.isprintable() or " " in revision:
        raise FileProblem(f"{visible(revision)}: this is no revision")
    root = _rooted(path)
    kind = _git("cat-file", "-t", f"{revision}:{root}")
    shown = f"{visible(revision)}:{visible(path)}"
    if kind is None:
        raise FileProblem(f"{shown}: git knows no such file or folder in this revision")
    names = [root]
    if kind.strip() == b"tree":
        listed = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", revision, f"{root}/")
        names = [n for n in (listed or b"").decode("utf-8", "replace").split("\0") if n]
        names = [name for name in names if name.endswith(".pw")]
    load = _revision_loader(revision)
    sources = [source for name in names if (source := load(name)) is not None]
    if len(names) > 1:
        sources = [
            source for source in sources if source.text.lstrip("\ufeff").lstrip()[:7] != "module "
        ]
    if not sources:
        raise FileProblem(f"{shown}: there is no pathway in it")
    return tuple((source, load) for source in sources)


def _rooted(path: str) -> str:
    """Return a path from the root of the repository; `./` starts at the current folder."""
    if path.startswith(("./", "../")):
        prefix = _git("rev-parse", "--show-prefix")
        if prefix is None:
            raise FileProblem("this folder is in no git repository")
        path = posixpath.join(prefix.decode("utf-8", "replace").strip(), path)
    return posixpath.normpath(path)


def _revision_loader(revision: str) -> Loader:
    seen: dict[str, Source | None] = {}

    def load(name: str) -> Source | None:
        if name not in seen:
            data = _git("cat-file", "blob", f"{revision}:{name}")
            fits = data is not None and len(data) <= LIMIT
            seen[name] = (
                Source(name, decode_text(name, data)) if fits and data is not None else None
            )
        return seen[name]

    return load


def _git(*arguments: str) -> bytes | None:
    """Return what git prints, or None where it fails; raises FileProblem without git."""
    try:
        done = subprocess.run(
            ["git", "--no-pager", *arguments],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise FileProblem("the program git is needed to read a revision") from None
    return done.stdout if done.returncode == 0 else None
