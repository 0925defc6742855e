"""Write label-studio.json by Label Studio's SDK. By hand: python label_studio_export.py (label-studio-sdk 2.1.2).

The SDK makes each region and its result; the task around them has the fields that Label Studio's own export has, and is
validated by the SDK against the labelling interface before it is written.
"""

import json
from pathlib import Path

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
from label_studio_sdk.label_interface.region import Region

HERE = Path(__file__).parent

CONFIG = """
<View>
  <Labels name="label" toName="text"><Label value="Event"/><Label value="Figure"/></Labels>
  <Choices name="status" toName="text" perRegion="true"><Choice value="held"/><Choice value="planned"/></Choices>
  <TextArea name="remark" toName="text" perRegion="true"/>
  <Relations><Relation value="event"/></Relations>
  <Text name="text" value="$text"/>
</View>
"""


def marked(interface: LabelInterface, text: str, label: str, words: str, nth: int = 1) -> Region:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return interface.get_control("label").label(label, start=start, end=start + len(words), text=words)


def said(interface: LabelInterface, region: Region, control: str, value: dict[str, object]) -> dict[str, object]:
    """What a control says of a region stands under the region's id, with its span."""
    span = {"start": region._dict()["value"]["start"], "end": region._dict()["value"]["end"]}
    kind = interface.get_control(control).tag.lower()
    return {
        "id": region.id, "from_name": control, "to_name": "text", "type": kind, "origin": "manual",
        "value": {**span, **value},
    }  # fmt: skip


def export() -> list[dict[str, object]]:
    text = (HERE / "crew.txt").read_text("utf-8")
    interface = LabelInterface(CONFIG)
    planted = marked(interface, text, "Event", "The crew planted 49 trees on May 3")
    counted = marked(interface, text, "Figure", "49 trees")
    went = marked(interface, text, "Event", "the crew went to Hà Nội")
    again = marked(interface, text, "Figure", "the crew", 3)
    for name, region in {"r1": planted, "r2": counted, "r3": went, "r4": again}.items():
        region.id = name  # else a random one
    counted.add_relation(planted, "right", ["event"])
    result = [
        *({**region._dict(), "origin": "manual"} for region in (planted, counted, went, again)),
        said(interface, planted, "status", {"choices": ["held"]}),
        said(interface, went, "remark", {"text": ["look: again"]}),
        *counted._dict_relations(),
    ]
    cancelled = marked(interface, text, "Event", "met the mayor")
    guessed = marked(interface, text, "Event", "We will come back")
    cancelled.id, guessed.id = "r5", "r6"
    stamps = {"created_at": "2026-11-22T12:00:00.000000Z", "updated_at": "2026-11-22T12:00:00.000000Z"}
    return [{
        "id": 1, "data": {"text": text}, "meta": {}, "project": 1, "file_upload": "3f2a9c1d-crew.txt", **stamps,
        "annotations": [
            {"id": 1, "completed_by": 1, "was_cancelled": False, "ground_truth": False, "lead_time": 1.5, **stamps,
             "result": result},
            {"id": 2, "completed_by": 1, "was_cancelled": True, "ground_truth": False, "lead_time": 0.5, **stamps,
             "result": [{**cancelled._dict(), "origin": "manual"}]},
        ],
        "predictions": [{"id": 1, "model_version": "v1", "score": 0.5, **stamps, "result": [guessed._dict()]}],
    }]  # fmt: skip


if __name__ == "__main__":
    tasks = export()
    interface = LabelInterface(CONFIG)
    for task in tasks:
        for annotation in task["annotations"]:
            assert interface.validate_annotation(annotation), annotation
    path = HERE / "label-studio.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", "utf-8")
    for task in Converter(CONFIG, None).iter_from_json_file(str(path)):  # what the SDK reads there
        print(task["output"])
