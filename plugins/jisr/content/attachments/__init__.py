"""The files beside a text: which types there may be, what they hold, and what of it is published."""
