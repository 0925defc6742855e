"""What is quoted from input is never obeyed: in each place that a message can quote, in each format and command."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.project import EVENT, FIGURE, SOURCE, Case, header

A = "curation/a.yaml"

ACTING = {
    "a terminal's escape": "\x1b[2J\x1b]0;x\x07", "a one-byte escape": "\x9b2J", "a workflow command": "::error file=x::pwned", "a command of old": "##[error]pwned", "a group": "##[group]x",
    "a mask": "::add-mask::a", "a stop": "::stop-commands::x", "a bidi override": "\u202epwned\u2066", "a carriage return": "\rpwned", "a backspace": "\x08\x08\x08", "a line end": "\n::error::x",
    "a line separator": "\u2028::error::x", "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>", "Markdown": "[x](javascript:alert(1)) ![x](https://evil.example/x)", "a formula": "=cmd|' /C calc'!A0",
    "a formula with a sign": "+1+1@SUM(1)", "a placeholder": "{0} %s ${HOME} $(id) `id`", "an OSC link": "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\", "a mention": "@octocat #1",
}  # fmt: skip


def cases() -> Iterator[Case]:
    """All of them."""
    formats = ["full", "concise", "json", "jsonl", "github", "sarif", "rdjson"]
    for name, acting in ACTING.items():
        source = SOURCE + f"It was written {acting} there.\n"
        yaml = _quoted(acting)
        content = (
            header(source)
            + "events:\n"
            + EVENT.replace("place: Hanoi", f"place: {yaml}")
            + FIGURE.replace("measure: delegates", f"measure: {yaml}")
        )
        content += f"  - id: {yaml}\n    event: {yaml}\n    quotes: [{yaml}, 'It was writen']\n{yaml}: x\n# factpack: ignore[{acting}] {acting}\n"
        for output in formats:
            yield Case(
                f"output: {name} in {output}",
                {"seeds/a.txt": source, A: content},
                None,
                1,
                arguments=("check", "--format", output),
            )
        wrong = {
            "seeds/a.txt": source,
            "curation/registers/people.yaml": f"people:\n  - {{id: ann-lee, name: {yaml}, names: [Ann Lee, {yaml}]}}\n",
            A: content,
        }
        for command in (("todo",), ("todo", "--format", "json"), ("mentions", "seeds/a.txt"), ("mentions", "seeds/a.txt", "--format", "json"), ("show", "ann-lee"), ("show", "evt-forum"),
                        ("check", "--statistics"), ("check", "--show-ignored"), ("build",)):  # fmt: skip
            yield Case(
                f"output: {name} in {' '.join(command)}",
                wrong,
                arguments=command,
                seconds=4,
                mebibytes=4096 if command == ("build",) else 512,
            )


def _quoted(text: str) -> str:
    """As YAML in double quotation marks, every unusual character as an escape."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'
