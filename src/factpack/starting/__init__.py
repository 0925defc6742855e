"""Starting a dataset from the template that factpack carries, and merging later changes of the template into it."""

from factpack.starting.project import Start, start
from factpack.starting.requirement import asked, installed
from factpack.starting.template import Answers, named
from factpack.starting.updating import Change, update

__all__ = ["Answers", "Change", "Start", "asked", "installed", "named", "start", "update"]
