"""The pure part: values and rules that every feature shares."""
