"""Names: found in each text, linked across spellings, versions and scripts, and listed in an index.

Find and link:

- `detect`: the names of a text, by capitals, titles and morphology
- `similarity`: the probability that two names are one, in whatever script (`score`)
- `edit_model`: the learned model of edits below it
- `linking`: which spellings of a work are one name
- `clustering`: the same for a list of names without a text
- `index`: the index of names: every name with its spellings in every version
- `own_names`: a version's own word for what its reference names otherwise (Jehovah for Господь)

Compare row by row:

- `absences`: names that a cell should have and lacks, and what stands there instead
- `missing`: of what the reference names in a row, what a cell lacks, whatever stands there instead
- `cells`: what the cells of a row have of names
- `replacements`: the absences in which one name stands for another
- `translated`: names that a version has translated as if they were words
- `agreement`: whether an English word writes a name of the source; `unread`: whether a source that the models cannot
  read writes a name

Know how names are written:

- `romanisation`: schemes of romanisation: write a name in one, infer the one that a version follows
- `graphemes`: the Latin letters that may write a Cyrillic one
- `alphabets`: other Cyrillic alphabets: Serbian, Ukrainian, Kazakh
- `lemmas`: Russian names by the dictionary: whether a word is one, and its dictionary form
- `inflection`: case endings, peoples and their lands: forms of a name that are no second spelling
- `exonyms`: names with a settled English form (Литва is Lithuania)
- `authority`: the authority file of people and places; `gazetteer`: towns of today in all their spellings
"""

from compare.names.detect import Mention, NameWord, find
from compare.names.index import Entry, NameIndex, Spelling, index
from compare.names.similarity import score

__all__ = ["Entry", "Mention", "NameIndex", "NameWord", "Spelling", "find", "index", "score"]
