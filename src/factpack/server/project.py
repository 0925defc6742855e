"""A dataset that is being edited: what its files say in the editor, and what the checks find in that."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from factpack import watch
from factpack.baseline import compare, read_baseline
from factpack.checks import told
from factpack.config import ConfigurationError
from factpack.diagnostic import Diagnostic
from factpack.mending.fixes import State, checked

PAUSE = 0.2
"""Seconds without a change after which the checks are run."""


@dataclass(frozen=True, slots=True)
class Buffer:
    """A file as it stands in the editor."""

    uri: str
    version: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found in the files as they stood in the editor; the baseline's findings are left out."""

    state: State
    found: tuple[Diagnostic, ...]
    buffers: Mapping[str, Buffer]


class Project:
    """One dataset's files in an editor. A change is followed by a report, once there is a pause.

    `publish` is given every report; `complain` a sentence where the dataset cannot be checked at all.
    """

    def __init__(
        self, root: Path, worker: Executor, publish: Callable[[Report], None], complain: Callable[[str], None]
    ) -> None:
        self.root = root
        self.buffers: dict[str, Buffer] = {}
        self._worker, self._publish, self._complain = worker, publish, complain
        self._running: asyncio.Task[Report | None] | None = None
        self._models: watch.State | None = None
        self._state: State | None = None
        self._said = ""

    def changed(self) -> None:
        """Check again soon; a check that is under way is of no more interest."""
        if self._running:
            self._running.cancel()
        self._running = asyncio.get_running_loop().create_task(self._check())

    async def report(self) -> Report | None:
        """What the checks find in the files as they stand now; None where they cannot be checked."""
        while (running := self._running) is not None:
            try:
                return await asyncio.shield(running)
            except asyncio.CancelledError:
                # Another change came while this one was waited for; or the one who waits is to stop.
                if running is self._running:
                    raise
        return None

    async def _check(self) -> Report | None:
        await asyncio.sleep(PAUSE)
        buffers = dict(self.buffers)
        loop = asyncio.get_running_loop()
        try:
            report = await loop.run_in_executor(self._worker, self._examined, buffers)
        except ConfigurationError as error:
            self._say(str(error))
            return None
        except Exception as error:
            self._say(f"internal error: {type(error).__name__}: {str(error)[:300]}. Please report it")
            return None
        models = watch.snapshot([self.root / report.state.dataset.config.schema])
        self._models = self._models or models
        stale = "The dataset's models have changed: restart the language server, so that it reads them anew."
        self._say("" if models == self._models else stale)
        self._publish(report)
        return report

    def _examined(self, buffers: Mapping[str, Buffer]) -> Report:
        texts = {path: buffer.text for path, buffer in buffers.items()}
        # Only the worker's one thread comes here.
        self._state = state = checked(self.root, texts, self._state)
        found, known = state.outcome.found, read_baseline(self.root) or Counter()
        new = compare(found, state.dataset.by_path, known).new(found)
        return Report(state, tuple(told(new)), buffers)

    def _say(self, sentence: str) -> None:
        """Complain, once."""
        if sentence and sentence != self._said:
            self._complain(sentence)
        self._said = sentence
