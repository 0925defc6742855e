"""Write crew.jsonl by LangExtract's own classes; no model is called. By hand: python langextract_export.py (1.7.1).

What a model would answer is written out here; LangExtract aligns it with the text, and saves it.
"""

from pathlib import Path

from langextract import io
from langextract.data import AnnotatedDocument, Extraction
from langextract.resolver import Resolver

HERE = Path(__file__).parent

ANSWERS = [
    Extraction("event", "The crew planted 49 trees on May 3", attributes={"place": "Oslo", "date": "2021-05-03"}),
    Extraction("figure", "49 trees", attributes={"value": "49", "mood": "merry"}, description="counted"),
    Extraction("event", "the crew went to Hà Nội", attributes={"speakers": ["ann"]}),
    Extraction("figure", "12 trees"),
    Extraction("figure", "the crew planted 13 trees more"),  # a slip, which LangExtract aligns all the same
    Extraction("event", "a feast in Bergen"),  # of the model's own making
]

if __name__ == "__main__":
    text = (HERE / "crew.txt").read_text("utf-8")
    aligned = list(Resolver().align(ANSWERS, text, token_offset=0, char_offset=0))
    document = AnnotatedDocument(document_id="crew", text=text, extractions=aligned)
    io.save_annotated_documents(iter([document]), output_dir=HERE, output_name="crew.jsonl", show_progress=False)
