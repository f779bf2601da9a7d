"""The VS Code extension: its own tests under Node, and the package that is installed from."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from pathwaylang import __version__
from pathwaylang.compiler.syntax.keywords import STARTERS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "editors" / "vscode"
NO_NETWORK = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH")


def plain(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def test_the_version_is_that_of_the_package() -> None:
    assert plain("package.json")["version"] == __version__


def test_what_the_manifest_names_is_there() -> None:
    contributes = json.dumps(plain("package.json"))
    named = [part for part in contributes.split('"') if part.startswith("./")]
    assert len(named) >= 4
    assert [name for name in named if not (FOLDER / name).is_file()] == []


def test_the_lock_file_names_no_registry() -> None:
    assert "resolved" not in (FOLDER / "package-lock.json").read_text(encoding="utf-8")


def test_every_item_word_can_be_indented_under() -> None:
    rules = plain("language-configuration.json")["indentationRules"]
    assert isinstance(rules, dict)
    pattern = rules["increaseIndentPattern"]
    missing = [word for word in sorted(STARTERS - {"use", "stage"}) if word not in pattern]
    assert missing == []


@pytest.mark.node
def test_it_is_tested_and_packaged(tmp_path: Path) -> None:
    """In a copy, so that nothing is installed into the project."""
    copy = tmp_path / "editors" / "vscode"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("node_modules", "*.vsix"))
    shutil.copytree(ROOT / "pathways", tmp_path / "pathways")
    shutil.copy(ROOT / "LICENSE", tmp_path)
    installed = npm(copy, "ci")
    if installed.returncode and any(word in installed.stderr for word in NO_NETWORK):
        pytest.skip("node (its packages cannot be fetched)")
    assert installed.returncode == 0, installed.stderr
    tested = npm(copy, "test")
    assert tested.returncode == 0, tested.stdout
    assert "# fail 0" in tested.stdout
    packaged = npm(copy, "run", "package")
    assert packaged.returncode == 0, packaged.stdout + packaged.stderr
    names = set(zipfile.ZipFile(copy / "pathwaylang.vsix").namelist())
    needed = {
        "extension/package.json",
        "extension/src/extension.js",
        "extension/syntaxes/pathwaylang.tmLanguage.json",
        "extension/node_modules/vscode-languageclient/package.json",
    }
    assert needed <= names
    assert not [name for name in names if "/test/" in name and "node_modules" not in name]
    assert not [name for name in names if "vscode-textmate" in name]


def npm(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["npm", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
