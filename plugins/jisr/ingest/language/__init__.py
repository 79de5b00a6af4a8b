"""Language identification, sentence boundaries, letter folding."""
