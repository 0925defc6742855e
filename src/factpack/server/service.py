"""`factpack server`: the language server protocol on standard input and output, spoken by pygls."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from factpack import __version__
from factpack.config import ConfigurationError, find_root
from factpack.diagnostic import Diagnostic
from factpack.reporters.glyphs import shown
from factpack.server.hovering import hover
from factpack.server.project import Buffer, Project, Report
from factpack.server.quickfixes import QuickFix, fix_all, quick_fixes
from factpack.server.terms import Terms

FIX_ALL = "source.fixAll.factpack"
"""The kind of action that an editor may be set to do on every save."""


class Service(LanguageServer):
    """The projects whose files are open in one editor."""

    def __init__(self) -> None:
        # Whole texts, not changes of them: pygls ends lines where Python does, which is not where editors do.
        super().__init__("factpack", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.projects: dict[Path, Project] = {}
        self.published: dict[str, list[lsp.Diagnostic]] = {}
        # One at a time: a check takes all of a processor anyway.
        self.worker = ThreadPoolExecutor(max_workers=1)

    def project_of(self, uri: str) -> tuple[Project, str] | None:
        """The project that a document belongs to, and its path in there; None outside of all projects."""
        name = to_fs_path(uri)
        if name is None:
            return None
        path = Path(os.path.abspath(name))
        try:
            root = find_root(path.parent)
        except ConfigurationError:
            return None
        if root not in self.projects:
            self.projects[root] = Project(root, self.worker, self.publish, self.complain)
        return self.projects[root], path.relative_to(root).as_posix()

    async def report_on(self, uri: str) -> tuple[Report, str] | None:
        """What is found in the project of a curation file as it stands now, and the file's path in there."""
        if (found := self.project_of(uri)) is None:
            return None
        report = await found[0].report()
        return (report, found[1]) if report and found[1] in report.state.dataset.by_path else None

    def terms(self, report: Report) -> Terms:
        """How to tell this client of a report."""
        return Terms(report, lsp.PositionEncodingKind(self.workspace.position_encoding or "utf-16").value)

    def publish(self, report: Report) -> None:
        """Tell the client what was found: for open files always, for others where it is news."""
        root, terms = report.state.dataset.config.root, self.terms(report)
        found: dict[str, list[lsp.Diagnostic]] = {buffer.uri: [] for buffer in report.buffers.values()}
        found |= {uri: [] for uri in self.published if Path(to_fs_path(uri) or "").is_relative_to(root)}
        for diagnostic in report.found:
            found.setdefault(terms.uri(diagnostic.location.text), []).append(terms.diagnostic(diagnostic))
        versions = {buffer.uri: buffer.version for buffer in report.buffers.values()}
        for uri, several in found.items():
            if uri in versions or self.published.get(uri) != several:
                params = lsp.PublishDiagnosticsParams(uri, several, version=versions.get(uri))
                self.text_document_publish_diagnostics(params)
            self.published[uri] = several

    def complain(self, sentence: str) -> None:
        """Show a sentence that concerns a project as a whole."""
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, f"factpack: {shown(sentence, 2000)}"))


server = Service()


@server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
@server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
@server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
async def edited(
    service: Service,
    params: lsp.DidOpenTextDocumentParams | lsp.DidChangeTextDocumentParams | lsp.DidSaveTextDocumentParams,
) -> None:
    """Keep what a document says now, and check it."""
    uri = params.text_document.uri
    if found := service.project_of(uri):
        project, path = found
        document = service.workspace.get_text_document(uri)
        project.buffers[path] = Buffer(uri, document.version, document.source)
        project.changed()


@server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
async def closed(service: Service, params: lsp.DidCloseTextDocumentParams) -> None:
    """Go back to what the file says."""
    if found := service.project_of(params.text_document.uri):
        project, path = found
        project.buffers.pop(path, None)
        project.changed()


@server.feature(lsp.INITIALIZED)
async def initialized(service: Service, _: lsp.InitializedParams) -> None:
    """Ask to be told when files change that are not open here."""
    workspace = service.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        patterns = ("**/*.yaml", "**/*.txt", "**/*.py", "**/pyproject.toml", "**/.factpack-baseline.json")
        watchers = [lsp.FileSystemWatcher(pattern) for pattern in patterns]
        options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = lsp.Registration("watched", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await service.client_register_capability_async(lsp.RegistrationParams([registration]))


@server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
async def changed_on_disk(service: Service, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Check the projects again that files on disk belong to."""
    for project in {found[0] for change in params.changes if (found := service.project_of(change.uri))}:
        project.changed()


@server.feature(lsp.TEXT_DOCUMENT_HOVER)
async def hovered(service: Service, params: lsp.HoverParams) -> lsp.Hover | None:
    """The words of the article behind a quote or a value; a rule's page."""
    found = await service.report_on(params.text_document.uri)
    if found is None:
        return None
    report, path = found
    dataset, terms = report.state.dataset, service.terms(report)
    place = params.position.line, params.position.character
    said = hover(dataset, path, terms.ruler(dataset.by_path[path].text).offset(place))
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, said[1]), terms.range(said[0])) if said else None


@server.feature(
    lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, FIX_ALL])
)
async def code_actions(service: Service, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """What can be done about the findings in a range; about a whole file only where that is asked for by name."""
    found = await service.report_on(params.text_document.uri)
    if found is None:
        return []
    report, path = found
    terms = service.terms(report)
    ruler = terms.ruler(report.state.dataset.by_path[path].text)
    start, end = (ruler.offset((each.line, each.character)) for each in (params.range.start, params.range.end))
    here = [
        diagnostic
        for diagnostic in report.found
        if (place := diagnostic.location).text.path == path and place.start <= end and place.end >= start
    ]
    kinds = [str(kind) for kind in params.context.only or [lsp.CodeActionKind.QuickFix.value]]
    offered = await asyncio.get_running_loop().run_in_executor(
        service.worker, lambda: list(_offered(report, here, path, kinds))
    )
    edit = service.client_capabilities.workspace and service.client_capabilities.workspace.workspace_edit
    return [terms.action(fix, kind, bool(edit and edit.document_changes)) for kind, fix in offered]


def _offered(
    report: Report, here: Sequence[Diagnostic], path: str, kinds: Sequence[str]
) -> Iterator[tuple[str, QuickFix]]:
    if "quickfix" in kinds:
        for fix in quick_fixes(report.state, here):
            yield "quickfix", fix
    wanted = any(f"{FIX_ALL}.".startswith(f"{kind}.") for kind in kinds)
    if wanted and (whole := fix_all(report.state, report.found, path)):
        yield FIX_ALL, whole


def serve() -> None:
    """Speak with the editor until it says that this is all."""
    if sys.stdin.isatty():
        print("factpack: an editor is to start this (docs/editor.md); Ctrl-C ends it", file=sys.stderr)
    # What a dataset's models print while they are imported must not get between the messages.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server.start_io(sys.stdin.buffer, out)
