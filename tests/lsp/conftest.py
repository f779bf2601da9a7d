"""A server with a folder of files, ended after the test whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason='needs pip install "pathwaylang[lsp]"')

from tests.lsp.client import Client

Start = Callable[[Mapping[str, str]], Client]
WORKSPACE = {
    "inlayHint": {"refreshSupport": True},
    "didChangeWatchedFiles": {"dynamicRegistration": True},
}


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """One server for all tests of a file; each has a folder of its own below the server's."""
    client = Client(tmp_path_factory.mktemp("workspace"), workspace=WORKSPACE)
    base = client.folder
    yield client
    client.folder = base
    client.end()


@pytest.fixture
def client(server: Client, request: pytest.FixtureRequest) -> Iterator[Client]:
    """The server, with a folder for this test."""
    base = server.folder
    server.folder = base / request.node.name.replace("[", "_").replace("]", "")
    server.folder.mkdir()
    yield server
    for name in server.opened:
        server.tell("textDocument/didClose", textDocument={"uri": name})
    server.opened.clear()
    server.folder = base


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that writes files and starts a server of its own on them."""
    clients: list[Client] = []

    def begin(files: Mapping[str, str]) -> Client:
        write(tmp_path, files)
        clients.append(Client(tmp_path, workspace=WORKSPACE))
        return clients[-1]

    yield begin
    for each in clients:
        each.end()
