"""Word alignment: the words of every cell, which of them correspond, and how words are usually rendered.

Align the words of cells:

- `vocabulary`: the words of every cell as numbers, and what is known of each form: part of speech, tense, class
- `aligned_words`: `AlignedWords`, the content words of two cells linked one to one, with probabilities; places of words
- `links`: the soft links below it, many rows at a time, from the similarity of word vectors
- `embeddings`: word vectors of Russian and English in one space, WordNet's relations
- `contextual`: states of words in context
- `neighbouring_rows`: whether what a row seems to lack stands in the rows around it
- `unread_source`: a source in another language, asked where two translations differ

Know how words are rendered:

- `renderings`: for each Russian lemma its English renderings with counts, learned and from the work's own table
- `rendered_cells`: the words of a cell matched with the source's by these renderings
- `concordance`: a word of the source wherever it stands, with its renderings
"""
