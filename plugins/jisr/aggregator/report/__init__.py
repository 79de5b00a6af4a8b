"""The report of a run: results, reasons of failures, questions to editors, proposed changes."""
