"""Where French sentences end: compiled after the Lexique des règles typographiques of the Imprimerie nationale."""

from __future__ import annotations

from compare.lang.pack import Sentences, words

SENTENCES = Sentences(
    introducing=words("cf c.-à-d p.ex ex env not spéc"),
    titles=words("""
        M MM Mme Mmes Mlle Mlles Me Mgr Dr Pr St Ste Sts Stes R.P S.M S.A S.E gén col cap lt sgt adm prof
        bd av pl fg rte ch Ch Th Ph Ed Al Alex Fréd Guill Jos
    """),
    numbered=words("""
        n no nos vol t tt p pp f ff ch chap art fig pl sect par al col liv éd janv févr avr juill sept oct nov déc
    """),
    final=words("etc al av.J.-C apr.J.-C suiv ibid op.cit loc.cit Cie Sté fr"),
    months=words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    weekdays=words("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    lettered=words("point salle section partie classe groupe ligne porte bloc plan figure annexe vitamine lettre"),
    starters=words("""
        Le La Les Un Une Des Il Elle Ils Elles On Nous Vous Je Tu Ce Cet Cette Ces Cela Celui Celle Ceux Mon Ma Mes Ton
        Son Sa Ses Notre Nos Votre Vos Leur Leurs Mais Et Ou Or Donc Car Si Quand Lorsque Comme Puis Ensuite Alors Ainsi
        Dans Sur Sous Avec Sans Pour Par Chez Entre Après Avant Depuis Pendant Puisque Tandis Qui Que Quoi Quel Quelle
        Où Pourquoi Comment Tout Tous Toute Toutes Plusieurs Aucun Personne Rien Jamais Oui Non Pas Voici Voilà Enfin
        Soudain Cependant Pourtant Toutefois Bientôt Maintenant Ici Là Y En Au Aux Du De À
    """),
    openers=words("En Vers Depuis Après Avant"),
    speech=words("""
        dit dis disait demanda demande répondit répond répliqua reprit ajouta continua cria crie murmura s'écria
        fit interrompit observa déclara
    """),
)
