"""Annotations of other tools: what they marked becomes records, and what is curated here goes to them.

Each format is a module that reads marks or writes the records of an article; `anchoring` finds the marked words in
the dataset's own source, `importing` makes records of them.
"""
