"""Reads the sheets that projects really have: bytes in, rows out, nothing dropped and nothing guessed.

    reading, workbook    bytes → worksheets of `cells`
    headings, layout     which line is the heading, what each column means; `row_kinds`: what each line is
    mapping, suggesting  what a person may correct, as TOML; `legend`: the lists of codes around a table
    dates, stature, ...  one kind of wording each: text → ranges and codes, or None
    consent, withdrawals permission cells → switches
    private_words        what of a row must not leave
    rows, interpreting   one line → `ImportedRow`; report_json shows it

Does not open files, does not know what day it is, does not store and does not release anything.
"""
