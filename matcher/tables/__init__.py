"""Workbooks, CSV folders and JSON files: reading them, writing them, templates, marking what is wrong."""

from matcher.tables.annotate import annotate
from matcher.tables.atomic import whole_file, whole_folder, write_whole
from matcher.tables.limits import Limits
from matcher.tables.reading import located_warnings, read_document, read_round, round_of
from matcher.tables.source import Source
from matcher.tables.writing import write_csv, write_json, write_template, write_workbook

__all__ = [
    "Limits",
    "Source",
    "annotate",
    "located_warnings",
    "read_document",
    "read_round",
    "round_of",
    "whole_file",
    "whole_folder",
    "write_csv",
    "write_json",
    "write_template",
    "write_whole",
    "write_workbook",
]
