"""Languages: one folder each, `compare/lang/xx/`, with all that is peculiar to that language."""
