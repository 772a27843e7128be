"""Where English sentences end: compiled after The Chicago Manual of Style."""

from __future__ import annotations

from compare.lang.pack import Sentences, words

SENTENCES = Sentences(
    introducing=words("cf viz vs ca approx e.g i.e resp incl esp p.s n.b"),
    titles=words("""
        Mr Mrs Ms Mx Messrs Mme Mmes Mlle Dr Drs Prof Rev Revd Hon Gen Maj Col Capt Cpt Lt Sgt Cpl Pvt Adm Cmdr
        Brig Gov Sen Rep Pres Supt Insp Fr St Ste Sts Mt Ft Mons Mgr Amb Atty Lieut Serg Bp Abp trans transl Wm
        Chas Geo Jas Jos Thos Robt Edw Th Ch Yu Ya Zh Kh Ph
    """),
    numbered=words("""
        no nos nr vol vols p pp ch chap chaps art arts fig figs sec sect secs par para pt col cols bk bks app pl
        plate fol fols Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    """),
    final=words("""
        etc al a.m p.m b.c a.d b.c.e c.e Inc Co Corp Ltd Bros Jr Sr Esq Ph.D M.D M.A B.A LL.D D.D ibid op.cit
        loc.cit seq inst ult prox Ave Blvd Rd ed eds
    """),
    units=words("sh s d lb lbs oz cwt ft in yd yds mi hr hrs min sec"),
    months=words("January February March April May June July August September October November December"),
    weekdays=words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    lettered=words("""
        point room section part class group grade platform line gate block plan figure appendix exhibit vitamin letter
        column list schedule company square ward
    """),
    starters=words("""
        The A An He She It They We You I This That These Those There Here His Her Its Their Our My Your In On At
        By For From With To Of As If When While After Before But And Or So Then Now Yet However Meanwhile What
        Who Whom Whose Where Why How Which Not No Yes One Two Three All Some Many Most Much Each Every Such Only
        Even Still Thus Therefore Moreover Finally Although Though Because Since Until Under Over Upon Both
        Between During Through Having Being Let Do Did Does Is Are Was Were Had Has Have Can Could Will Would
        Should Might Must Another Other Others Several Nothing Nobody Everything Everyone Someone Suddenly
        Perhaps Again Once Never Soon Later Today Afterwards Nevertheless Nor Neither Either Without Within
        About Against Among According Just Like Well Oh Ah Us Me
    """),
    openers=words("In By Since Until On At About"),
    speech=words("""
        said says asked asks cried cries replied replies answered answers exclaimed exclaims observed remarked
        added continued began repeated inquired enquired whispered muttered murmured shouted called returned
        rejoined retorted interrupted interposed demanded declared announced responded objected persisted
        resumed ejaculated growled screamed sobbed faltered
    """),
    pronouns=words("I"),
    before_pronouns=words("""
        than not and but as so am was is do did have had can will shall should would could nor
    """),
)
