"""Label Studio's JSON: tasks with annotations, each a flat list of regions, of what is said of regions, of relations.

What is said of a region (choices, a text area, a number) is a result of its own with the region's id; the name of its
control is the field. Offsets count code points of the task's text.
"""

from __future__ import annotations

from collections.abc import Iterator

from factpack.annotations.json_places import Placed, objects, parsed, whole, words
from factpack.annotations.mark import Leaf, Mark, Passage, Passed, Problem
from factpack.text import Text

_LABELS = ("labels", "hypertextlabels", "paragraphlabels")
_SAID = ("choices", "text", "number", "rating", "datetime")
"""Where the value of a result stands that says something of a region, by the kind of its control."""


def read(text: Text) -> Iterator[Mark | Passed | Problem]:
    """The labelled regions of all tasks. What was cancelled or only predicted is no annotation, but counted."""
    tasks = parsed(text)
    if isinstance(tasks, Problem):
        yield tasks
        return
    for task in objects(tasks, text.path, 1, "a task"):
        if isinstance(task, Problem):
            yield task
            continue
        line = text.position(task.start)[0]
        for annotation in objects(task.get("annotations") or [], text.path, line, "an annotation"):
            if isinstance(annotation, Problem):
                yield annotation
            elif annotation.get("was_cancelled"):
                yield _passed("of cancelled annotations", _annotation(text, task, annotation))
            else:
                yield from _annotation(text, task, annotation)
        for prediction in objects(task.get("predictions") or [], text.path, line, "a prediction"):
            if isinstance(prediction, Placed):
                yield _passed("of predictions", _annotation(text, task, prediction))


def _passed(what: str, marks: Iterator[Mark | Problem]) -> Passed:
    return Passed(what, sum(isinstance(mark, Mark) for mark in marks))


def _annotation(text: Text, task: Placed, annotation: Placed) -> Iterator[Mark | Problem]:
    data = task.get("data")
    texts = [value for value in data.values() if isinstance(value, str)] if isinstance(data, Placed) else []
    content = max(texts, key=len, default="")
    # An uploaded file's name has a random part and a hyphen before it.
    document = words(task.get("file_upload")).partition("-")[2] or next((t for t in texts if t != content), "")
    regions: list[Placed] = []
    said: dict[str, list[Leaf]] = {}
    links: dict[str, list[tuple[str, str]]] = {}
    for result in objects(
        annotation.get("result") or [], text.path, text.position(annotation.start)[0], "an element of `result`"
    ):
        if isinstance(result, Problem):
            yield result
            continue
        value, key = result.get("value"), words(result.get("id"))
        if result.get("type") == "relation":
            for label in result.get("labels") or ["relation"] if isinstance(result.get("labels"), list | None) else []:
                links.setdefault(words(result.get("from_id")), []).append((words(label), words(result.get("to_id"))))
        elif isinstance(value, Placed) and any(isinstance(value.get(kind), list) for kind in _LABELS):
            regions.append(result)
        elif isinstance(value, Placed):
            kind = next((kind for kind in _SAID if kind in value), "")
            if key and kind:
                said.setdefault(key, []).append(((words(result.get("from_name")),), value[kind]))
    for region in regions:
        value, key = region["value"], words(region.get("id"))
        offsets = value["globalOffsets"] if isinstance(value.get("globalOffsets"), Placed) else value
        start, end = whole(offsets.get("start")), whole(offsets.get("end"))
        exact = words(value.get("text")) or (content[start:end] if start is not None and end is not None else "")
        labels = next(value[kind] for kind in _LABELS if isinstance(value.get(kind), list))
        yield Mark(
            text.path,
            text.position(region.start)[0],
            document,
            words(labels[0]) if labels else "",
            (Passage(exact, start),),
            tuple(said.get(key, ())),
            tuple(f"also labelled {words(label)}" for label in labels[1:]),
            text=content,
            key=f"{text.path}#{key}" if key else "",
            links=tuple((role, f"{text.path}#{to}") for role, to in links.get(key, ())),
        )
