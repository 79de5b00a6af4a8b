"""What stands between a built site and its readers: it is measured before it is published."""
