"""A check past one machine: Daft runs it article by article wherever its workers are, and joins what meets by keys.

What is run on an article is what a local check runs on it; what runs over all articles are the same checks again, over
those records alone that can have anything to do with another. Daft is imported when it is asked for, not before.
"""
