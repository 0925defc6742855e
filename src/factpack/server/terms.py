"""Findings and fixes in the protocol's terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types as lsp

from factpack.checks import RULES
from factpack.diagnostic import Diagnostic, Severity
from factpack.reporters.explanation import PLACES, advice
from factpack.reporters.glyphs import shown
from factpack.server.project import Report
from factpack.server.quickfixes import QuickFix
from factpack.server.ruler import Ruler
from factpack.text import Location, Text

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How a report is told to a client that counts characters in `encoding`."""

    report: Report
    encoding: str

    def uri(self, text: Text) -> str:
        """A file's URI: as the editor wrote it, where it is open."""
        buffer = self.report.buffers.get(text.path)
        return buffer.uri if buffer else (self.report.state.dataset.config.root / text.path).as_uri()

    def ruler(self, text: Text) -> Ruler:
        """Measures a text as the client does."""
        return Ruler(text, self.encoding)

    def range(self, location: Location) -> lsp.Range:
        """A place."""
        ruler = self.ruler(location.text)
        return lsp.Range(lsp.Position(*ruler.position(location.start)), lsp.Position(*ruler.position(location.end)))

    def diagnostic(self, diagnostic: Diagnostic) -> lsp.Diagnostic:
        """A finding."""
        return lsp.Diagnostic(
            range=self.range(diagnostic.location),
            message="\n".join([shown(diagnostic.message), *advice(diagnostic)]),
            severity=_SEVERITIES[diagnostic.severity],
            code=diagnostic.rule,
            # A rule's manual page is the docstring of its check.
            code_description=lsp.CodeDescription(Path(RULES[diagnostic.rule].__file__ or "").as_uri()),
            source="factpack",
            related_information=list(self._related(diagnostic)),
        )

    def _related(self, diagnostic: Diagnostic) -> Iterator[lsp.DiagnosticRelatedInformation]:
        for location, label in diagnostic.related[:PLACES]:
            where = lsp.Location(self.uri(location.text), self.range(location))
            yield lsp.DiagnosticRelatedInformation(where, shown(label) or "see also")

    def action(self, fix: QuickFix, kind: str, versioned: bool) -> lsp.CodeAction:
        """A fix; `versioned` so that a client that can refuses it once its text is another."""
        text = fix.edits[0][0].text
        uri, buffer = self.uri(text), self.report.buffers.get(text.path)
        edits = [lsp.TextEdit(self.range(location), words) for location, words in fix.edits]
        document = lsp.OptionalVersionedTextDocumentIdentifier(uri, buffer.version if buffer else None)
        return lsp.CodeAction(
            title=shown(fix.title) + ("" if fix.safe else " (changes what the file says)"),
            kind=kind,
            diagnostics=[self.diagnostic(diagnostic) for diagnostic in fix.found],
            is_preferred=fix.safe,
            edit=lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(document, edits)])
            if versioned
            else lsp.WorkspaceEdit(changes={uri: edits}),
        )
