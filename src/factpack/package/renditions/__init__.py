"""The same tables in further forms: SQL, a SQLite file, a workbook, Croissant.

Each module is one form, a function of the resources; the CSV and Parquet files stay the data, these are made
from the same rows and say nothing of their own.
"""
