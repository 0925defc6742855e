"""What somebody may write so that it is obeyed rather than shown, each with a mark by which it is found again."""

from __future__ import annotations

import re

from factpack.files import unsafe_name

_TEXTS = {
    # Terminals.
    "escape": "§\x1b[2J\x1b[31m", "title of a window": "§\x1b]0;x\x07", "bell": "§\x07", "OSC 8 link": "\x1b]8;;https://§.example\x1b\\x\x1b]8;;\x1b\\",
    "OSC 52 clipboard": "§\x1b]52;c;cHduZWQ=\x07", "C1": "§\x9b2J\x9d0;x\x9c", "carriage return": "§\rpassed", "backspaces": "§\x08\x08\x08\x08", "NEL": "§\x85x",
    "bidi override": "\u202e§", "bidi isolate": "\u2066§\u2067", "zero width": "\u200b§\u200d\u2060", "byte order mark": "\ufeff§", "vertical tab": "§\x0b\x0cx", "delete": "§\x7f",
    "filler": "\u3164§\uffa0", "tags": "§\U000e0041\U000e0042", "variation": "§\ufe0f\U000e0101",
    # Logs of build runners.
    "workflow command": "::error file=§::§", "old command": "##[error]§", "old group": "x ##[group]§", "of another runner": "##vso[task.setvariable variable=§]x", "yet another": "##teamcity[message text='§']",
    "encoded": "%0A::set-output name=§::x", "encoded line ends": "§%0D%0A%25::error::x", "mask": "::add-mask::§", "stop": "::stop-commands::§", "command after a line end": "§\n::error::x",
    "command after a separator": "§\u2028::error::x\u2029::error::y", "property": "§,title=x:y", "blanks before": "\u00a0\u3000::error::§",
    # HTML.
    "script": "<script>alert('§')</script>", "image": "<img src=x onerror=alert('§')>", "end of a script": "</script><script>§()</script>", "end of a title": "</title><img src=§>", "end of a style": "</style><svg onload=§()>",
    "end of an attribute": "\" onmouseover=\"§()", "end of another": "' onmouseover='§()", "comment": "--><b>§</b><!--", "entity": "&lt;§&gt;&#60;img&#62;&entity;", "frame": "<iframe srcdoc='<b>§'></iframe>",
    "a URL of script": "javascript:alert(%22§%22)", "a URL of data": "data:text/html,<b>§</b>", "another of script": "vbscript:msgbox(§)", "a file's URL": "file:///etc/§",
    # Markdown.
    "link": "[x](https://§.example)", "link of script": "[x](javascript:§)", "picture": "![x](https://§.example/x.png)", "mention": "@§ @octo-§", "reference": "#123 §#1 GH-7", "fence": "```\n§\n```", "fence on one line": "``` § ``` <b>",
    "backticks": "` § `` <i>x</i>", "pipe": "| § | <b>x</b> |", "emphasis": "**§** _x_ ~~x~~", "autolink": "https://§.example/x", "autolink without a scheme": "www.§.com", "a mail address": "§@mail.com", "angle link": "<https://§.example>",
    "heading": "# §", "quote": "> §", "footnote": "[^§]: x", "definition": "[§]: https://evil.example", "mathematics": "$§$ $$x$$", "escapes": "\\§ \\<b>", "rule": "§\n---\n", "hidden": "<!-- § -->",
    # Tables.
    "formula": "=HYPERLINK(\"https://§.example\",\"x\")", "plus": "+1+cmd|' /C §'!A0", "minus": "-2+3+cmd|' /C §'!A0", "at": "@SUM(1)*§", "tab": "\t=1+§", "line feed": "\n=1+§", "DDE": "=DDE(\"cmd\";\"/C §\";\"x\")", "web service": "=WEBSERVICE(\"https://§.example\")",
    # Languages that something is written in.
    "SQL": "\"; DROP TABLE events; -- §", "SQL text": "'); DROP TABLE events; -- §", "placeholder": "{§} {0} %s %(x)s ${HOME} $(id) `id`", "expression": "${{ github.§ }}", "Jinja": "{{ 7*7 }}§{% raw %}", "Jinja comment": "{# § #}{%- include '/etc/passwd' %}",
    "front matter": "---\n§: x\n---", "YAML": "§: {x: y} # *a &a !!python/object:os.system", "YAML tag": "!!python/name:§", "JSON": "\\u003cscript>§\\", "CDATA": "]]><b>§</b>", "document type": "<!DOCTYPE x [<!ENTITY § SYSTEM \"file:///etc/passwd\">]>&§;", "Python": "\"\"\" + § + '''",
    # Paths.
    "upwards": "../../§", "absolute": "/etc/§", "a drive": "C:\\§", "backslashes": "..\\..\\§", "reserved": "CON.§", "an option": "--§=x", "a home": "~/§",
}  # fmt: skip

PAYLOADS = {name: text.replace("§", f"pwn{number:02}x") for number, (name, text) in enumerate(_TEXTS.items())}
"""Kind -> text; each holds its mark, such as `pwn07x`."""

MARK = re.compile(r"pwn\d\dx")


def mark(payload: str) -> str:
    """The mark of a payload, or of the first one that a text has."""
    found = MARK.search(payload)
    return found[0] if found else ""


CLEAN = {
    name: text
    for name, text in PAYLOADS.items()
    if not re.search(
        "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufe0f\U000e0000-\U000e0fff]", text
    )
}
"""Those that a correct curation file may hold: on one line, and all of it can be seen."""

NAMES = {name: text for name, text in CLEAN.items() if "/" not in text and not unsafe_name(f"{text}.txt")}
"""Those that a source's file may be called."""

ACTING = tuple(text for text in PAYLOADS.values() if "::" in text or "##" in text or text not in CLEAN.values())
"""Those that a terminal or a build runner obeys."""
