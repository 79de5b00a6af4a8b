"""What an import writes: texts and replies, their words, the files beside them, and the record of all that."""
