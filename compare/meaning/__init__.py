"""Meaning: what a version lost, added or changed, judged by the source and by the other versions together.

Find a fault of one kind (`detect/`, each read by a check of its own):

- `negation`: a denial that a text leaves out or adds (SEM103)
- `antonyms`: the opposite of what the other versions have (SEM110)
- `pronouns`: he for she (SEM107)
- `unexpected_words`: words without a known rendering that render nothing; `wrong_senses`: which of them
  render another than the source's (SEM104)
- `real_words`: a misprint that makes another word (TYP110)
- `suspect_spans`: phrases that say something else than all other texts (SEM104)
- `omissions`: phrases lost or added (OMI102, OMI103), of which `omission_candidates`: runs of words without a
  counterpart, and `omission_features`: what the ranker reads of each
- `word_coverage`: how far the words of a cell have counterparts in another

Judge how likely a cell is wrong:

- `scoring`: features and models applied to a collation: odds of an error for each cell and for each of its words
- `risk`: the calibrated probability that a cell carries an error, which the report shows (SEM101)

Measure words and cells (`features/`, what the models read):

- `words`: features of each word, for being wrong and for being lost
- `cells`: features of a whole cell: similarity, length, match level; numbers, classes of words, questions
- `comparisons`: the same against the other versions of the row
- `denials`: which words deny, and what they deny
- `attestation`: how well the renderings of words are attested
- `grammaticality`: how well formed the English is
- `batch`: texts in columns, the links between them, tables of features; `summary`: the tables of words and cells, and
  what the words of a cell sum up to

Run a learned model (`models/`; `tests/training/` makes them, `compare/artefacts/` keeps them):

- `gbdt`: boosted trees
- `fluency_network`: does a word fit among its neighbours, is one missing
- `pair_network`: a version's words beside those of one other text
- `row_network`: a version's words beside those of all other texts
- `quality_estimation`: the quality of a sentence by it and its source alone
"""
