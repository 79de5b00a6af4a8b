"""The report of a run: what came, why not, and what editors are asked."""
