"""The language server through pipes, as an editor has it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pathwaylang.compiler.syntax import format_text, parse_file
from pathwaylang.diagnostics import Source
from tests.lsp.client import ROOT, Client
from tests.lsp.conftest import Start, write
from tests.service.support import MAIN, MODULE

GAP = MAIN.replace(
    "  when able then recommend resection\n  when not able then offer ablation or care\n",
    "  when fit then recommend care\n",
)
CITED = MODULE.replace('  says age at "table 2" "adults"\n', "")
CLEAN = {"main.pw": MAIN, "shared.pw": CITED}


def column(text: str, words: str, ahead: int = 0) -> tuple[int, int]:
    """Return line and column of words, for texts without characters outside the basic plane."""
    at = text.index(words) + ahead
    return text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)


def test_a_session(start: Start) -> None:
    client = start({"main.pw": GAP, "shared.pw": CITED})
    assert client.announced["serverInfo"]["name"] == "pathwaylang"
    assert client.announced["capabilities"]["positionEncoding"] == "utf-16"
    client.open("main.pw")
    (gap,) = client.wait_for("main.pw", ["PW0501"])
    assert gap["severity"] == 1
    assert gap["source"] == "pathwaylang"
    assert "\npatient: " in gap["message"]
    assert "not fit" in gap["message"]
    assert gap["range"]["start"] == dict(
        zip(("line", "character"), column(GAP, "decide second"), strict=True)
    )

    (action,) = [
        each
        for each in client.of(
            "main.pw", "codeAction", range=gap["range"], context={"diagnostics": [gap]}
        )
        if each["diagnostics"][0]["code"] == "PW0501"
    ]
    assert action["kind"] == "quickfix"
    (edit,) = action["edit"]["changes"][client.uri("main.pw")]
    assert "and not fit then …" in edit["newText"]

    lines = GAP.splitlines(keepends=True)
    assert edit["range"]["start"] == edit["range"]["end"]
    line, at = edit["range"]["start"]["line"], edit["range"]["start"]["character"]
    lines[line] = lines[line][:at] + edit["newText"] + lines[line][at:]
    client.change("main.pw", "".join(lines).replace("then …", "then offer ablation or care"))
    client.wait_for("main.pw", [])

    client.wait_for_notice("workspace/inlayHint/refresh")
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    labels = [hint["label"] for hint in client.of("main.pw", "inlayHint", range=everything)]
    assert "930 cases" in labels
    few = {"start": {"line": 0, "character": 0}, "end": {"line": 5, "character": 0}}
    assert client.of("main.pw", "inlayHint", range=few) == []
    assert client.close() == 0
    assert client.process.stderr is not None
    assert client.process.stderr.read() == b""


def test_answers_at_a_position(client: Client) -> None:
    write(client.folder, CLEAN)
    client.open("main.pw")
    line, at = column(MAIN, "ecog <= 2")
    told = client.at("main.pw", line, at, "hover")["contents"]["value"]
    assert told.startswith("**Performance** · fact\n")
    assert "- *code*: LOINC 89247-1 ECOG score" in told
    (place,) = client.at("main.pw", line, at, "definition")
    assert place["uri"] == client.uri("shared.pw")
    assert place["range"]["start"] == {"line": 3, "character": 5}
    found = client.at("main.pw", line, at, "references", context={"includeDeclaration": True})
    assert len(found) == 4
    assert len(client.at("main.pw", line, at, "documentHighlight")) == 3
    items = client.at("main.pw", line, at, "completion")["items"]
    assert [item["label"] for item in items][:3] == ["able", "ecog", "fit"]
    assert items[0]["textEdit"]["range"]["start"] == {"line": line, "character": at}
    assert client.at("main.pw", line, at, "prepareRename") == {
        "start": {"line": line, "character": at}, "end": {"line": line, "character": at + 4},
    }  # fmt: skip
    changes = client.at("main.pw", line, at, "rename", newName="performance")["changes"]
    assert sorted(map(len, changes.values())) == [1, 3]
    refused = client.at("main.pw", line, at, "rename", newName="size")
    assert refused == {"error": "`size` is a fact already"}
    assert client.at("main.pw", 0, 0, "hover") is None
    assert client.at("main.pw", 999, 999, "hover") is None


def test_answers_about_a_file(client: Client) -> None:
    write(client.folder, CLEAN)
    messy = MAIN.replace("fact size", "fact   size")
    client.open("main.pw", messy)
    symbols = client.of("main.pw", "documentSymbol")
    names = [symbol["name"] for symbol in symbols]
    assert names[:3] == ["main", "size", "stage_of"]
    (edit,) = client.of("main.pw", "formatting", options={"tabSize": 2, "insertSpaces": True})
    lines = messy.splitlines(keepends=True)
    first, last = edit["range"]["start"], edit["range"]["end"]
    assert first["character"] == last["character"] == 0
    changed = "".join((*lines[: first["line"]], edit["newText"], *lines[last["line"] :]))
    source = Source("main.pw", messy)
    assert changed == format_text(parse_file(source), source)
    data = client.of("main.pw", "semanticTokens/full")["data"]
    assert len(data) % 5 == 0
    assert data[:5] == [0, 0, 7, 0, 0]
    table = MAIN + 'table t "T"\n  | fit | then |\n  | yes | '
    client.change("main.pw", table)
    line = table.count("\n")
    signature = client.at("main.pw", line, 10, "signatureHelp")["signatures"][0]
    assert signature["label"] == "t: | fit | then |"
    assert signature["activeParameter"] == 1


def test_columns_are_counted_in_utf_16(client: Client) -> None:
    text = MAIN.replace('"Largest lesion": number', '"😀 größte 🫀": nummber').replace(
        "size <= 3 cm then", "size <= 3 cm and fitt then"
    )
    note = 'recommendation x "😀😀 é" # 🫀\n  note "a 😀" \n'
    write(client.folder, {"main.pw": MAIN, "shared.pw": CITED})
    client.open("main.pw", text)
    found = client.wait_any("main.pw")[0]
    # The word stands behind two characters that count two each.
    line = text[: text.index("nummber")].count("\n")
    start_column = text.splitlines()[line].index("nummber") + 2
    assert found["range"]["start"] == {"line": line, "character": start_column}

    fine = MAIN.replace('"Largest lesion"', '"😀 größte 🫀"') + note
    fine = fine.replace('example "Small"\n', 'example "😀"\n').replace('like "Small"', 'like "😀"')
    client.change("main.pw", fine)
    line = fine[: fine.index('like "😀"')].count("\n")
    at = fine.splitlines()[line].index('"😀"')
    (place,) = client.at("main.pw", line, at + 3, "definition")
    assert place["range"]["start"]["character"] == 8
    assert place["range"]["end"]["character"] == 12
    line = fine[: fine.index("step 0.1")].count("\n")
    whole = fine.splitlines()[line]
    at = len(whole[: whole.index("cm 0")].encode("utf-16-le")) // 2
    tokens = client.of("main.pw", "semanticTokens/full")["data"]
    row = column_at = 0
    places = set()
    for i in range(0, len(tokens), 5):
        row, column_at = row + tokens[i], tokens[i + 1] + (column_at if tokens[i] == 0 else 0)
        places.add((row, column_at, tokens[i + 2]))
    assert (line, at, 2) in places


@pytest.mark.parametrize(("encoding", "width"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_columns_are_counted_as_the_editor_asks(tmp_path: Path, encoding: str, width: int) -> None:
    text = 'pathway p "😀" \nfact a "😀": yes/no\ndefine b "😀" as a\n'
    write(tmp_path, {"main.pw": text})
    client = Client(tmp_path, general={"positionEncodings": [encoding]})
    try:
        assert client.announced["capabilities"]["positionEncoding"] == encoding
        client.open("main.pw")
        (place,) = client.at("main.pw", 2, len('define b "" as ') + width, "definition")
        assert place["range"]["start"] == {"line": 1, "character": 5}
        assert client.at("main.pw", 2, len('define b "" as ') - 1, "definition") == []
        (first, *_) = client.of("main.pw", "documentSymbol")
        assert first["range"]["end"]["character"] == len('pathway p ""') + width
        assert client.close() == 0
    finally:
        client.end()


def test_windows_line_ends(client: Client) -> None:
    text = GAP.replace("\n", "\r\n")
    write(client.folder, {"main.pw": text, "shared.pw": CITED.replace("\n", "\r\n")})
    client.open("main.pw")
    (gap,) = client.wait_for("main.pw", ["PW0501"])
    line, at = column(GAP, "decide second")
    assert gap["range"]["start"] == {"line": line, "character": at}
    last, end = column(GAP, "then recommend care\nnever", len("then recommend care"))
    assert gap["range"]["end"] == {"line": last, "character": end}
    line, at = column(GAP, "ecog <= 2")
    assert client.at("main.pw", line, at, "hover")["contents"]["value"].startswith(
        "**Performance**"
    )
    client.change("main.pw", text.replace("fact size", "fact   size"))
    (edit,) = client.of("main.pw", "formatting", options={"tabSize": 2, "insertSpaces": True})
    assert edit["newText"].count("\n") == edit["newText"].count("\r\n") > 0


def test_unsaved_changes_of_a_module_are_seen_by_the_main_file(client: Client) -> None:
    write(client.folder, CLEAN)
    client.open("main.pw")
    client.wait_for("main.pw", [])
    client.open("shared.pw")
    client.change("shared.pw", CITED.replace("fact fit ", "fact fitness "))
    (found,) = client.wait_for("main.pw", ["PW0906"])
    assert "`fit`" in found["message"]
    assert (client.folder / "shared.pw").read_text() == CITED
    client.change("shared.pw", CITED, 3)
    client.wait_for("main.pw", [])
    client.change("shared.pw", CITED.replace("fact fit ", "fact fitness "), 4)
    client.wait_for("main.pw", ["PW0906"])
    client.tell("textDocument/didClose", textDocument={"uri": client.uri("shared.pw")})
    client.wait_for("main.pw", [])


def test_files_that_change_on_disk_are_read_again(client: Client) -> None:
    write(client.folder, CLEAN)
    client.open("main.pw")
    client.wait_for("main.pw", [])
    client.wait_for_notice("client/registerCapability")
    write(client.folder, {"shared.pw": CITED.replace("fact fit ", "fact fitness ")})
    changed = {"uri": client.uri("shared.pw"), "type": 2}
    client.tell("workspace/didChangeWatchedFiles", changes=[changed])
    client.wait_for("main.pw", ["PW0906"])
    (client.folder / "shared.pw").unlink()
    client.tell("textDocument/didSave", textDocument={"uri": client.uri("main.pw")})
    client.wait_for("main.pw", ["PW0905"])
    write(client.folder, CLEAN)
    client.tell("textDocument/didSave", textDocument={"uri": client.uri("main.pw")})
    client.wait_for("main.pw", [])


def test_a_module_is_checked_with_the_pathway_that_uses_it(client: Client) -> None:
    write(
        client.folder,
        {"a/main.pw": GAP.replace('"shared.pw"', '"../b/shared.pw"'), "b/shared.pw": CITED},
    )
    client.open("b/shared.pw")
    client.wait_for("a/main.pw", ["PW0501"])
    (found,) = client.findings[client.uri("a/main.pw")]
    assert "patient: size is 3.1 cm, not fit" in found["message"]
    line, at = column(CITED, "fit")
    places = client.at("b/shared.pw", line, at, "references", context={"includeDeclaration": False})
    assert {place["uri"] for place in places} == {client.uri("a/main.pw")}


def test_broken_files_while_typing(client: Client) -> None:
    write(client.folder, CLEAN)
    client.open("main.pw", "")
    client.wait_for("main.pw", ["PW0107"])
    for version, length in enumerate(range(40, len(MAIN), 97), start=2):
        client.change("main.pw", MAIN[:length], version)
        line = MAIN[:length].count("\n")
        client.at("main.pw", line, 3, "completion")
        client.at("main.pw", line, 3, "hover")
        client.of("main.pw", "semanticTokens/full")
        client.of("main.pw", "documentSymbol")
    client.change("main.pw", MAIN, 99)
    client.wait_for("main.pw", [])
    client.open("other.pw", "\x00\x01 no text")
    client.wait_for("other.pw", ["PW0107"])
    client.open("untitled.pw", 'pathway u "U"\n')
    client.wait_for("untitled.pw", ["PW0211"])


def test_related_places_and_severities(client: Client) -> None:
    text = MAIN + 'define able "Again" as fit\n'
    write(client.folder, {"main.pw": text, "shared.pw": CITED})
    client.open("main.pw")
    (found,) = client.wait_for("main.pw", ["PW0302"])
    (other,) = found["relatedInformation"]
    assert other["message"] == "the first"
    assert other["location"]["uri"] == client.uri("main.pw")
    assert other["location"]["range"]["start"] == {"line": 6, "character": 7}
    client.change("main.pw", MAIN + 'recommendation unused "Unused"\n')
    (found,) = client.wait_any("main.pw", lambda codes: codes not in (["PW0302"], []))
    assert found["severity"] == 2


def test_a_conflict_is_repaired_from_the_editor(client: Client) -> None:
    text = MAIN.replace(
        "  when able then recommend resection\n  when not able then offer ablation or care\n",
        "  when fit then recommend care\n  when ecog <= 2 then recommend ablation\n"
        "  when not fit and ecog >= 3 then recommend care\n",
    )
    write(client.folder, {"main.pw": text, "shared.pw": CITED})
    client.open("main.pw")
    (found,) = client.wait_for("main.pw", ["PW0504"])
    line, at = column(text, "when ecog <= 2")
    places = [each["location"]["range"]["start"] for each in found["relatedInformation"]]
    assert {"line": line, "character": at} in [*places, found["range"]["start"]]
    (action,) = client.of(
        "main.pw", "codeAction", range=found["range"], context={"diagnostics": [found]}
    )
    assert action["title"].startswith("exclude the other branch's patients")
    assert action["isPreferred"] is True
    (edit,) = action["edit"]["changes"][client.uri("main.pw")]
    lines = text.splitlines(keepends=True)
    start, end = edit["range"]["start"], edit["range"]["end"]
    assert start["line"] == end["line"]
    row = lines[start["line"]]
    lines[start["line"]] = row[: start["character"]] + edit["newText"] + row[end["character"] :]
    client.change("main.pw", "".join(lines))
    client.wait_for("main.pw", [])


def test_an_editor_that_leaves_without_a_word(start: Start) -> None:
    client = start(CLEAN)
    client.open("main.pw")
    client.wait_for("main.pw", [])
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(timeout=20) == 1


def test_without_the_extra_one_line_says_what_to_install() -> None:
    hidden = (
        "import sys; sys.modules['pygls'] = None; sys.modules['lsprotocol'] = None\n"
        "from pathwaylang.cli.main import run; sys.exit(run(['lsp']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", hidden],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert 'pip install "pathwaylang[lsp]"' in done.stderr
    assert "Traceback" not in done.stderr
