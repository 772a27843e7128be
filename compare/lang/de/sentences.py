"""Where German sentences end: compiled after Duden, Die deutsche Rechtschreibung."""

from __future__ import annotations

from compare.lang.pack import Sentences, words

SENTENCES = Sentences(
    introducing=words("z.B d.h d.i s.o s.u u.a.m vgl sog bzw resp insb bes ca ungef allg eigtl evtl gegr i.e s.a"),
    titles=words("""
        Hr Hrn Fr Frl Dr Prof Dipl Ing Mag Lic St Hl hl Kgl Ew Se Exz Frhr Gf Gen Oblt Lt Hptm Maj Kapt Joh Chr Friedr
        Wilh Ludw Aug Jos Gg Heinr Theod Frz Alb geb verw gest
    """),
    numbered=words("""
        nr s bd bde kap abt abs art anm fig abb taf z v § pkt tit jan febr feb apr aug sept okt nov dez str h
    """),
    final=words("usw usf etc u.a u.ä u.dgl dgl ff f v.Chr n.Chr Jh Jhs a.D o.J o.O i.R a.a.O ebd Co Cie"),
    units=words("m km cm mm kg g t l min std sek"),
    months=words("januar jänner februar märz april mai juni juli august september oktober november dezember"),
    weekdays=words("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"),
    lettered=words("punkt zimmer klasse gruppe haus teil blatt wagen abschnitt plan figur buchstabe spalte anhang"),
    starters=words("""
        Der Die Das Den Dem Des Ein Eine Einer Einen Einem Er Sie Es Wir Ihr Ich Du Man Wer Was Wie Wo Wann Warum Aber
        Und Oder Doch Denn Da Dann Dort Hier Jetzt Nun Als Wenn Weil Ob Obwohl Nachdem Bevor Während In Im An Am Auf Aus
        Bei Mit Nach Von Vor Zu Zum Zur Für Durch Gegen Ohne Um Unter Über Zwischen Nicht Nichts Niemand Nie Kein Keine
        Sein Seine Mein Meine Dein Unser Ihre Dieser Diese Dieses Jener Jene Jedes Jeder Alle Alles Auch Noch Schon Erst
        Plötzlich Endlich So Ja Nein Vielleicht
    """),
    openers=words("Am Im In Um Gegen Seit Nach Vor Bis Zu"),
    speech=words("""
        sagte sagt fragte fragt antwortete erwiderte versetzte rief schrie flüsterte murmelte meinte bemerkte entgegnete
        fuhr fügte unterbrach wiederholte
    """),
)
