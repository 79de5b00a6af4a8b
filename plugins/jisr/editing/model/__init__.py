"""The content model as people and their programs read it: tables of fields, snippets, and the words for both."""
