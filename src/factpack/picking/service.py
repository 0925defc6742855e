"""The service behind the page: on the loopback address only, for whoever knows the random part of its address.

A page of another site can send requests here, too. It does not know the token; a name that it has made to lead here
(DNS rebinding) stands in the Host header; and what it posts as JSON the browser asks about first, and gets no answer.
"""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any

from factpack.article import Article
from factpack.config import ConfigurationError
from factpack.curating import Refused
from factpack.dataset import Dataset, load
from factpack.files import Unreadable, told
from factpack.naming import suggested_id
from factpack.picking.page import page, quoted
from factpack.picking.record import add, skeleton
from factpack.picking.words import quotes, words_of
from factpack.reporters.summary import counted

LOOPBACK = "127.0.0.1"
MAX_BODY = 10_000
"""The largest request read, in bytes: it names words by number, so it is short."""
NO_REQUEST = {"error": "this is no request of the page's"}


class Pick(ThreadingHTTPServer):
    """A service for one article of a dataset; `address` is what the curator opens."""

    daemon_threads = True

    def __init__(self, root: Path, article_id: str, port: int = 0) -> None:
        self.root, self.article_id = root, article_id
        self.token = secrets.token_urlsafe(24)
        self.lock = Lock()
        self.dataset: Dataset | None = None
        super().__init__((LOOPBACK, port), _Handler)
        self.hosts = {f"{name}:{self.server_port}" for name in (LOOPBACK, "localhost")}
        self.address = f"http://{LOOPBACK}:{self.server_port}/{self.token}/"

    def read(self) -> tuple[Dataset, Article]:
        """The dataset as it is now, and the article; raises Refused."""
        self.dataset = load(self.root, before=self.dataset)
        for article in self.dataset.articles:
            if article.article_id == self.article_id and article.source:
                return self.dataset, article
        raise Refused(f"there is no article `{self.article_id}` with a source")

    def answer(self, what: str, asked: dict[str, Any]) -> dict[str, Any]:
        """What the page asked for; raises Refused."""
        dataset, article = self.read()
        if asked["sha256"] != article.sha256:
            raise Refused("the source has changed meanwhile: load this page again")
        found = quotes(article, words_of(article), int(asked["first"]), int(asked["last"]))
        table = str(asked["table"])
        identity = str(asked["id"]) or suggested_id(dataset, table, found[0]["exact"])
        lines = skeleton(dataset, table, identity, found)
        if what == "skeleton":
            shown = [f"{table}:", *(f"  {line}" for line in lines)]
            return {"yaml": "\n".join(shown) + "\n", "id": identity, "words": [quote["exact"] for quote in found]}
        added = add(dataset, article, table, identity, found)
        _, now = self.read()
        messages = [f"{d.severity}[{d.rule}]: {d.message} (line {d.location.begins[0]})" for d in added.findings]
        said = f"{identity} stands in line {added.line} of {article.path}: {counted(len(messages), 'finding')}."
        return {"said": said, "findings": messages, "quoted": quoted(now)}


class _Handler(BaseHTTPRequestHandler):
    server: Pick
    timeout = 30

    def do_GET(self) -> None:
        if self._refused("/"):
            return
        nonce = secrets.token_urlsafe(16)
        try:
            with self.server.lock:
                body = page(*self.server.read(), nonce)
        except (Refused, ConfigurationError) as error:
            self._send(HTTPStatus.CONFLICT, "text/plain", str(error))
            return
        except OSError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", told(error))
            return
        self._send(HTTPStatus.OK, "text/html", body, nonce)

    def do_POST(self) -> None:
        if self._refused("/skeleton", "/add"):
            return
        origin = self.headers.get("Origin")
        if (origin is not None and origin.removeprefix("http://") != self.headers["Host"]) or (
            self.headers.get_content_type() != "application/json"
        ):
            self._send(HTTPStatus.FORBIDDEN, "text/plain", "only the page itself may ask")
            return
        try:
            length = int(self.headers.get("Content-Length", ""))
            if not 0 <= length <= MAX_BODY:
                raise ValueError
            asked = json.loads(self.rfile.read(length))
        except (ValueError, RecursionError):
            self._json(HTTPStatus.BAD_REQUEST, NO_REQUEST)
            return
        try:
            with self.server.lock:
                found = self.server.answer(self.path.rpartition("/")[2], asked)
        except (Refused, ConfigurationError) as error:
            self._json(HTTPStatus.CONFLICT, {"error": str(error)})
        except Unreadable as error:
            self._json(HTTPStatus.CONFLICT, {"error": f"{error.path}: {error.why}"})
        except OSError as error:
            self._json(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": told(error)})
        except (ValueError, KeyError, TypeError):
            self._json(HTTPStatus.BAD_REQUEST, NO_REQUEST)
        else:
            self._json(HTTPStatus.OK, found)

    def _refused(self, *paths: str) -> bool:
        """Whether a request is not the curator's; if so, it is answered here."""
        token, _, rest = self.path.removeprefix("/").partition("/")
        known = secrets.compare_digest(token.encode(), self.server.token.encode())
        if not known or self.headers.get_all("Host") not in [[host] for host in self.server.hosts]:
            self._send(HTTPStatus.FORBIDDEN, "text/plain", "open the address that `factpack pick` printed")
            return True
        if f"/{rest}" not in paths:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", "there is nothing here")
            return True
        return False

    def _json(self, status: HTTPStatus, data: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(data, ensure_ascii=False))

    def _send(self, status: HTTPStatus, kind: str, body: str, nonce: str = "") -> None:
        data = body.encode("utf-8", "replace")
        allowed = f"script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; " if nonce else ""
        policy = f"default-src 'none'; {allowed}base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        self.send_response(status)
        for name, value in {
            "Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(data)), "Cache-Control": "no-store",
            "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
        }.items():  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal shows the address, and what a stranger asks for is not printed there."""
