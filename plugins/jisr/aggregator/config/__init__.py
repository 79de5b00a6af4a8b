"""Settings, sources and context of a run of the aggregator."""
