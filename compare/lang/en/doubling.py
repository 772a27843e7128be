"""What English says twice by right."""

from __future__ import annotations

from compare.lang.doubling import Doubling
from compare.lang.pack import words

DOUBLING = Doubling(
    grammatical=words("did do does had her is it so that who you"),
    auxiliary=words("had do does did"),
    openers=words("""
        a an and but he his i it its my of or our she the their there these they this those we your
    """),
    emphatic=words("""
        again ah blah bow bye come dear ding dong ever far ha he hee hey hi ho hush knock la long many more much
        never no now o oh old on over please pooh pretty quick quickly really round so such there thousand tick too
        tra tut very well wow yes
    """),
    conjunctions=words("and nor or"),
    joining=words("after and by nor or to upon"),
    departing=words("from"),
    relatives=words("all everything what whatever which whichever who whoever whom"),
    verbs=words("""
        am are be came can comes could did do does goes had has have is knew knows may might must seemed seems
        shall should was went were will would
    """),
    particles=words("about across along around back by down in off on out over through under up"),
    phrasal=words("""
        blow break bring broke burst call carry check climb close come crawl creep cut dig drag draw drive drop fall
        fill fit fling flow fly follow get give go hand hang hold hurry join keep lead let lock log look march
        move pass pick pour pull push put ride rise rose run rush sail send set settle shook show shut sink slip
        spring stay step stride stroll sweep swim swing take tear throw turn walk wander
    """),
    opening=words("for"),
    prepositions=words("""
        about across after along around at back by down for from in into of off on out over through to under up
        upon with
    """),
    subjects=words("he i it she they we you"),
)
