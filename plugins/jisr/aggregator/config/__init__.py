"""Settings and members of a run of the aggregator."""
