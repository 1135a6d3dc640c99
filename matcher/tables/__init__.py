"""Workbooks, CSV folders and JSON files: reading them, writing them, templates, marking what is wrong."""

from matcher.tables.limits import Limits
from matcher.tables.reading import located_warnings, read_document, read_round, round_of
from matcher.tables.source import Source
from matcher.tables.writing import write_csv, write_json, write_template, write_workbook

__all__ = [
    "Limits",
    "Source",
    "located_warnings",
    "read_document",
    "read_round",
    "round_of",
    "write_csv",
    "write_json",
    "write_template",
    "write_workbook",
]
