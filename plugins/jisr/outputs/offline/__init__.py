"""Reading without a network: bundles to take away, and pages that a browser keeps where its reader asks for that."""
