"""Surveying a dataset with Daft: the same findings as on one machine, in the same order."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factpack.checks import Examined, conclude, examine_file
from factpack.config import Config, load_config
from factpack.dataset import Extracts, Register, extract, load_registers, names_in, printed_in
from factpack.distributed.far import FarExaminer, FarFiles, Place
from factpack.distributed.frames import Met, holding, look, meet
from factpack.distributed.meeting import put_together
from factpack.files import Listing, Unreadable, list_files
from factpack.models import load_models
from factpack.scratch import scratch
from factpack.survey.contents import Contents
from factpack.survey.examiner import Examiner
from factpack.survey.late import LateFiles
from factpack.survey.surveying import Survey
from factpack.text import Text


@dataclass(frozen=True, eq=False)
class Project:
    """A dataset to be surveyed: what of it is on this machine, and where the rest lies, if elsewhere."""

    config: Config
    listing: Listing
    place: Place | None = None

    @property
    def files(self) -> LateFiles:
        """Its curation files, opened when they are looked at."""
        listing = self.listing
        paths = [*listing.registers, *listing.articles]
        if self.place:
            return FarFiles(self.place, self.config, paths, listing.sources)
        return LateFiles(Contents(self.config, frozenset([*paths, *listing.sources]), (), None), paths)

    def examiner(self, registers: Sequence[Register]) -> Examiner:
        """What looks at its articles, on any machine."""
        given = (self.config, frozenset(self.listing.sources), printed_in(registers), names_in(registers), "sha1")
        return FarExaminer(*given, self.place) if self.place else Examiner(*given)


def project(root: Path | str) -> Project:
    """A dataset in a folder or, by its URL, elsewhere; raises ConfigurationError."""
    if isinstance(root, str):
        place, kept = Place(root), ExitStack()
        atexit.register(kept.close)  # findings are shown out of its files to the end
        config = place.mirrored(kept.enter_context(scratch()))
        return Project(config, place.listing(config), place)
    config = load_config(root)
    return Project(config, list_files(root, config.curation, config.sources))


@dataclass(frozen=True, eq=False, kw_only=True)
class FarSurvey(Survey):
    """A survey, and what the tables are made of: what looks at articles, and all that was found out of each."""

    dataset: Project
    examiner: Examiner
    looked: Any
    extracts: Extracts


def survey(dataset: Project) -> FarSurvey:
    """Survey a dataset, its articles wherever Daft's workers are; raises ConfigurationError."""
    config, listing, files = dataset.config, dataset.listing, dataset.files
    models = load_models(config.root / config.schema)
    registers, unread = load_registers(config, models, listing.registers)
    for register in registers:
        files.put(register)
    for error in unread:
        files.leave_out(error.path)
    examiner = dataset.examiner(registers)
    known = [(entry.table, entry.id) for register in registers for entry in register.entries if entry.id]
    extracts = [extract(register, examiner.names) for register in registers]
    referred = [(table, identity) for each in extracts for _, table, identity in each.references]
    looked = look(examiner, listing.articles)
    met = meet(looked, known, referred)
    examined = [examine_file(register, own) for register, own in zip(registers, extracts, strict=True)]
    for path in listing.articles:
        if path in met.unreadable:
            unread.append(Unreadable(path, met.unreadable[path]))
            files.leave_out(path)
            continue
        found = _article(met, path, files)
        unread.extend([Unreadable(*found.unread)] if found.unread else [])
        extracts.append(found.extract)
        examined.append(found)
    reasons = tuple((error.path, error.why) for error in unread)
    whole = _Extracts(config, models, listing, tuple(extracts), reasons, met.elsewhere, examiner=examiner, late=files)
    outcome = conclude(examined, whole, files)
    return FarSurvey(files, tuple(unread), outcome, dataset=dataset, examiner=examiner, looked=looked, extracts=whole)


def _article(met: Met, path: str, files: LateFiles) -> Examined:
    return put_together(met.rest[path], met.entries.get(path, ()), met.references.get(path, ()), files.text_of)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Extracts(Extracts):
    """Extracts of a dataset whose sources are where the workers are."""

    examiner: Examiner
    late: LateFiles

    def holders(self, quotes: Sequence[str]) -> Sequence[str]:
        """The sources that have any of some quotes, in their order."""
        found = holding(self.examiner, self.listing.sources, quotes) if quotes else frozenset()
        return [path for path in self.listing.sources if path in found]

    def text(self, path: str) -> Text | None:
        """A file's text, fetched first where it lies elsewhere."""
        self.late.text_of(path)
        return super().text(path)
