"""A client of language servers over stdio, as small as the protocol allows: an editor without a screen."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

PATIENCE = 60.0
"""Seconds after which a server that does not answer fails the test."""


class LanguageClient:
    """A running server. What it asks is answered with `settings`.

    What it tells is in `told` until it is read, and in `heard` for good.
    """

    def __init__(self, command: Sequence[str], root: Path, settings: Any = None, **capabilities: Any) -> None:
        self.process = subprocess.Popen(
            command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.settings = settings
        self.told: list[tuple[str, Any]] = []
        self.heard: list[Any] = []
        self.inbox: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.number = 0
        self.versions = count(1)
        threading.Thread(target=self._read, daemon=True).start()
        folder = {"uri": root.as_uri(), "name": root.name}
        self.server = self.request(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": [folder], "capabilities": capabilities},
        )
        self.notify("initialized", {})

    def __enter__(self) -> LanguageClient:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.request("shutdown", None)
            self.notify("exit", None)
            self.process.wait(PATIENCE)
        self.process.kill()
        self.process.communicate()

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """What the server answers; fails where it answers with an error, or not at all."""
        self.number += 1
        number = self.number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._next(PATIENCE)
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message.get("result")

    def open(self, path: Path, text: str | None = None, language: str = "yaml") -> str:
        """Open a document, with other text than its file's if any is given; returns its URI."""
        content = path.read_text("utf-8") if text is None else text
        document = {"uri": path.as_uri(), "languageId": language, "version": next(self.versions), "text": content}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return path.as_uri()

    def change(self, uri: str, text: str) -> int:
        """Give an open document another text; returns its version."""
        document = {"uri": uri, "version": next(self.versions)}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return int(document["version"])

    def close(self, uri: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        """What the server says of a position; lines and characters count from 0."""
        position = {"line": line, "character": character}
        return self.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": position})

    def diagnostics(self, uri: str, version: int | None = None) -> list[dict[str, Any]]:
        """The next diagnostics of a document, those already received included; of one version, if one is given."""
        ends = time.monotonic() + PATIENCE
        while True:
            for index, (method, params) in enumerate(self.told):
                if method != "textDocument/publishDiagnostics" or params["uri"] != uri:
                    continue
                if version is None or params.get("version") == version:
                    self.told = [
                        (m, p) for i, (m, p) in enumerate(self.told) if i > index or m != method or p["uri"] != uri
                    ]
                    found: list[dict[str, Any]] = params["diagnostics"]
                    return found
            self._next(ends - time.monotonic())

    def _next(self, patience: float) -> dict[str, Any]:
        try:
            message = self.inbox.get(timeout=max(patience, 0.01))
        except queue.Empty:
            raise AssertionError(f"the server says nothing; it told: {self.told}") from None
        if message is None:
            raise AssertionError(f"the server has ended: {(self.process.stderr or b'').read().decode()}")  # type: ignore[union-attr]
        if "method" in message:
            if "id" in message:
                asked = message["params"].get("items", ()) if message["method"] == "workspace/configuration" else None
                result = None if asked is None else [(self.settings or {}).get(each.get("section")) for each in asked]
                self._send({"id": message["id"], "result": result})
            else:
                self.told.append((message["method"], message["params"]))
                self.heard.append(message["params"])
        return message

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self) -> None:
        out = self.process.stdout
        assert out
        while header := out.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                header = out.readline()
            self.inbox.put(json.loads(out.read(length)))
        self.inbox.put(None)
