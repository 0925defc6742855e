"""What a dataset says about its site: `[tool.factpack.site]`, and what the command line adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from factpack.config import ConfigurationError
from factpack.site.passages import TextMode

Address = Annotated[str, StringConstraints(pattern=r"^(https?://[^\s]+)?$")]
Folder = Annotated[Address, AfterValidator(lambda address: address and address.rstrip("/") + "/")]


class Settings(BaseModel):
    """How the site is made.

    `text` is how much of a source is reprinted: all of it, quotes with some words around them, or quotes alone.
    `base_url` is where the site will stand, and `files` where the files of a version lie, `{version}` being its
    number: both begin with `https://` or `http://`. `planned` names a column of `records` and those of its values that
    mean "not yet so": such records are drawn dashed. `countries` names the table whose keys are ISO 3166-1 alpha-3
    codes, for the picture of countries. `draft` shows what no record covers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    text: TextMode = "full"
    base_url: Folder = ""
    files: Folder = ""
    planned: dict[str, list[str]] = {}
    countries: str = ""
    draft: bool = False

    def file(self, path: str, version: str) -> str:
        """The address of a version's file; nothing where none is known."""
        if not self.files:
            return ""
        return self.files.replace("{version}", version) + quote(path)

    def planned_as(self, about: Mapping[str, Any]) -> str:
        """In which way a record, by its row of `records`, is told as not yet so; nothing where it is so."""
        return next((str(about[c]) for c, values in self.planned.items() if about.get(c) in values), "")


def settings(table: Mapping[str, Any], **given: Any) -> Settings:
    """The settings of a configuration's table, with those given on the command line; raises ConfigurationError."""
    try:
        return Settings.model_validate({**table, **{key: value for key, value in given.items() if value is not None}})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ConfigurationError(f"[tool.factpack.site], `{where}`: {first['msg']}") from None
