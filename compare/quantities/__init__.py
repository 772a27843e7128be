"""Quantities: numbers, measures and dates of a text in any language that has tables of numerals.

- `numbers`: the quantities of a text (the function `quantities`)
- `quantity`: the value of one: a number, where it stands, its kind
- `figures`: numbers in figures: Arabic with any separators, fractions, dates, hours; Roman; figures run together
- `number_words`: words and figures that make one number: two hundred and fifty-six, 2½ million
- `context`: what stands about a number: the half, the hour, the month, the end of a range, idioms
- `labels`: numbers that count nothing: of a page, a chapter, a line
- `lexicon`: what a word says of a number, by the tables of its language (`compare.lang.numerals`)
- `text`: a text as numbers are read in it, without the marks inside words
- `comparison`: what one text states and another does not
- `measures`: a number with its unit, and whether two are the same amount (versts and miles)
- `dates`: the Julian and the Gregorian calendar
"""
