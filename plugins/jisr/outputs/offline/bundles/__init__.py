"""What readers take away: the texts of a language as archives and books, and single pages as one file."""
