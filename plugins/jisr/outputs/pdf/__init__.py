"""Texts on paper: a page of the built site as a PDF, with its words as they were written."""
