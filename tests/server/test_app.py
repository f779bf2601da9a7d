"""The web service: the runtime's answers, its checks, its model in OpenAPI."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from pathwaylang.ir.artifact import dump_artifact
from pathwaylang.runtime import answer_schema
from pathwaylang.server.app import MOST_BODY_BYTES, make_app
from tests.cli.support import fresh
from tests.runtime.small import artifact, pathway

OPEN = {"adult": True, "bilirubin": "17.1 umol/L", "scan": "spot", "awake": True, "fever": False}


@pytest.fixture
def client() -> TestClient:
    return TestClient(make_app(pathway(), lambda: "2026-11-24", lambda: "<h1>The page</h1>"))


@pytest.mark.parametrize("given", [{}, OPEN, OPEN | {"size": 2}, {"adult": False}])
def test_answers_are_those_of_the_runtime(client: TestClient, given: dict[str, object]) -> None:
    found = client.post("/evaluate", json=given)
    assert found.status_code == 200
    case = pathway().case(given, on="2026-11-24")
    assert found.json() == json.loads(pathway().evaluate(case).to_json())
    Draft202012Validator(answer_schema()).validate(found.json())
    question = pathway().next_question(case)
    asked = client.post("/next-question", json=given).json()
    assert (asked and asked["name"]) == (question and question.name)


def test_a_value_that_is_too_old_counts_as_not_recorded(client: TestClient) -> None:
    old = OPEN | {"size": 2, "bilirubin": {"value": 1, "taken": "2026-01-01"}}
    entry = client.post("/evaluate", json=old).json()["tracks"]["start"]
    assert entry["status"] == "request"
    assert "too old" in entry["requests"][0]["reason"]


def test_another_stage_and_what_if(client: TestClient) -> None:
    later = client.post("/evaluate", params={"stage": "later"}, json=OPEN).json()
    assert list(later["tracks"]) == ["later"]
    changes = client.post("/sensitivity/size", json=OPEN).json()
    assert [change["text"] for change in changes] == ["0..3 cm", "above 3 to 9 cm"]


def test_all_that_is_wrong_is_told_at_once(client: TestClient) -> None:
    found = client.post("/evaluate", json={"adult": 7, "bilirubi": 1, "scan": "spott"})
    assert found.status_code == 422
    told = {item["loc"][-1]: item["msg"] for item in found.json()["detail"]}
    assert set(told) == {"adult", "bilirubi", "scan"}
    assert "`7` is not yes or no" in told["adult"]


@pytest.mark.parametrize(
    ("path", "told"),
    [("/evaluate?stage=lates", "no stage `lates`"), ("/sensitivity/sise", "no fact `sise`")],
)
def test_other_names_are_told(client: TestClient, path: str, told: str) -> None:
    found = client.post(path, json={})
    assert found.status_code == 404
    assert told in found.json()["detail"]


def test_what_is_no_case_is_refused(client: TestClient) -> None:
    assert client.post("/evaluate", content=b"{").status_code == 422
    large = client.post("/evaluate", content=b" " * (MOST_BODY_BYTES + 1))
    assert large.status_code == 413


def test_the_interface_describes_each_fact(client: TestClient) -> None:
    found = client.get("/openapi.json").json()
    case = found["components"]["schemas"]["Case"]["properties"]
    assert list(case) == [fact.name for fact in pathway().facts]
    assert case["bilirubin"]["x-unit"] == "mg/dL"
    assert "not a medical device" in found["info"]["description"].lower().replace("no m", "not a m")
    assert client.get("/pathway").json()["stages"] == {
        "main": ["start", "support"],
        "later": ["later"],
    }
    assert client.get("/").text == "<h1>The page</h1>"


def test_the_command_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "small.json").write_text(dump_artifact(artifact()), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pathwaylang", "serve", "small.json", "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE
    ) as running:
        try:
            assert answer_of(port)["status"] == "outside"
        finally:
            running.send_signal(signal.SIGINT)
            _, told = running.communicate(timeout=30)
        assert b"Traceback" not in told
        assert running.returncode in (0, 130)


def answer_of(port: int) -> dict[str, object]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/evaluate",
        data=b'{"adult": false}',
        headers={"content-type": "application/json"},
    )
    for _ in range(200):
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                found: dict[str, object] = json.load(reply)
                return found
        except ConnectionError:
            pass
        except urllib.error.URLError as error:
            assert isinstance(error.reason, ConnectionError)
        time.sleep(0.1)
    raise AssertionError("the service did not start")


def test_help_and_a_damaged_file(tmp_path: Path) -> None:
    assert "There is no login" in fresh("serve", "--help").stdout
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    ended = fresh("serve", "broken.json", folder=tmp_path)
    assert ended.returncode == 1
    assert "broken.json" in ended.stderr
