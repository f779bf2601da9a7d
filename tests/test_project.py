"""What holds for the repository as a whole: versions agree, files stay short, documents are true.

Reads the tracked files (all files that are not ignored, where there is no git), the Makefile, the
README and the other documents. Words and paths that must not occur are written here in pieces, so
that this file does not contain them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import pathwaylang

ROOT = Path(__file__).resolve().parent.parent
MAX_PYTHON_LINES = 300
MAX_README_LINES = 40
# A file above the limit needs a reason beside its name; there is none.
ALLOWED_LONG: dict[str, str] = {}

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
MACHINE_PATHS = re.compile(r"(?<![A-Za-z0-9_.~-])/(?:wo" r"rk|fa" r"rm|ro" r"ot|tm" r"p|ho" r"me)/")
FORBIDDEN_WORDS = re.compile(
    "|".join(
        [
            r"\bpy" r"pi\.org\b",
            r"\bpython" r"hosted\.org\b",
            r"\bnpm" r"js\.(?:org|com)\b",
            r"\bcrates" r"\.io\b",
            r"\bproxy\.go" r"lang\.org\b",
            r"\bmaven" r"\.org\b",
            r"\bdeb\.deb" r"ian\.org\b",
            r"\bco-authored" r"-by\b",
            r"\bchat" r"bot\b",
            r"\blarge language" r" model\b",
            r"\bai" r"[- ](?:generated|written|assisted)\b",
        ]
    ),
    re.IGNORECASE,
)


def tracked_files() -> list[Path]:
    """Return every file that belongs to the project, sorted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):  # an unpacked source archive
        return sorted(path for path in ROOT.rglob("*") if path.is_file() and _is_source(path))
    paths = (ROOT / name for name in done.stdout.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def _is_source(path: Path) -> bool:
    folders = path.relative_to(ROOT).parts[:-1]
    return not any(part.startswith(".") or part in ("build", "__pycache__") for part in folders)


def text_of(path: Path) -> str:
    """Return a file's text; an empty one for pictures and other binary files."""
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8")


def documents() -> list[Path]:
    """Return the documents that people read: those at the top, and all under docs/."""
    return [ROOT / name for name in DOCUMENTS] + sorted((ROOT / "docs").rglob("*.md"))


def make_targets() -> set[str]:
    """Return the targets that the Makefile explains in its help."""
    makefile = text_of(ROOT / "Makefile")
    return set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def project_table() -> dict[str, str]:
    """Return the table `project` of pyproject.toml."""
    table: dict[str, str] = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    return table


def test_version_is_the_same_everywhere() -> None:
    assert project_table()["version"] == pathwaylang.__version__


def test_changelog_has_a_place_for_the_next_change() -> None:
    headings = re.findall(r"^## (.+)$", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, FORBIDDEN_WORDS], ids=["paths", "words"])
def test_no_file_names_a_machine_or_its_makers(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in tracked_files()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        for match in pattern.finditer(line)
    ]
    assert found == []


def test_the_patterns_find_what_they_are_for() -> None:
    assert MACHINE_PATHS.search('open("' + "/".join(["", "tmp", "x"]) + '")')
    assert not MACHINE_PATHS.search("docs/work/x and https://example.org/home/")
    assert FORBIDDEN_WORDS.search("see " + ".".join(["pypi", "org"]))


def test_python_files_stay_short() -> None:
    sizes = {
        str(path.relative_to(ROOT)): len(text_of(path).splitlines())
        for path in (ROOT / "pathwaylang").rglob("*.py")
    }
    long = {name: size for name, size in sizes.items() if size > MAX_PYTHON_LINES}
    assert {name: size for name, size in long.items() if name not in ALLOWED_LONG} == {}
    assert set(ALLOWED_LONG) <= set(long), "an exception that is no longer needed"


def test_package_readmes_stay_short() -> None:
    readmes = sorted((ROOT / "pathwaylang").rglob("README.md"))
    long = [str(path) for path in readmes if len(text_of(path).splitlines()) > MAX_README_LINES]
    assert long == []


def test_documents_name_only_make_targets_that_exist() -> None:
    for path in documents():
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text_of(path), re.MULTILINE))
        assert named <= make_targets(), path.name


def test_phony_lists_every_target() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", text_of(ROOT / "Makefile"), re.MULTILINE)
    assert phony is not None
    assert set(phony.group(1).split()) == make_targets()


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(path))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_readme_names_every_command_and_no_other() -> None:
    help_text = _pathwaylang("--help").stdout
    commands = set(re.findall(r"^  ([a-z]+)  ", help_text.partition("Commands:")[2], re.MULTILINE))
    rows = re.findall(r"^\| `pathwaylang ([a-z]+)", text_of(ROOT / "README.md"), re.MULTILINE)
    assert set(rows) == commands


def test_readme_shows_what_check_says(tmp_path: Path, update_golden: bool) -> None:
    readme = text_of(ROOT / "README.md")
    example, output = re.findall(r"^```(?:pw|text)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    (tmp_path / "lesion.pw").write_text(example, encoding="utf-8")
    done = _pathwaylang("check", "lesion.pw", folder=tmp_path)
    assert done.returncode == 1, done.stderr
    said = done.stdout.strip() + "\n"
    if update_golden:
        (ROOT / "README.md").write_text(readme.replace(output, said), encoding="utf-8")
    else:
        assert said == output


def test_ci_script_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_demo_patient_is_plain_json() -> None:
    case = json.loads(text_of(ROOT / "pathways" / "cases" / "two_small_lesions.json"))
    assert case["liver_count"] == 2


def _pathwaylang(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command line in a fresh process, as a user without colours would."""
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, "-m", "pathwaylang", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
