"""Quantities: numbers, measures and dates of a text in any language that has tables of numerals.

- `numbers`: the quantities of a text, in figures, in words, and in both together (`quantities`)
- `figures`: numbers in figures: Arabic with any separators, fractions, dates, hours; Roman; figures run together
- `lexicon`: what a word says of a number, by the tables of its language (`compare.lang.numerals`)
- `text`: a text as numbers are read in it, without the marks inside words
- `comparison`: what one text states and another does not
- `measures`: a number with its unit, and whether two are the same amount (versts and miles)
- `dates`: the Julian and the Gregorian calendar
"""
