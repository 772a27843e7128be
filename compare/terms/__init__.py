"""Terms: what one term of the source is rendered by, and the work's glossary.

- `glossary`: the terms of a work, and how each version renders them
- `bodies`: what each version has for the names of the source that are made of words
- `tbx`: an index or a glossary as TBX
"""
