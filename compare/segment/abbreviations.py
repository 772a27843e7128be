"""Words that a full stop follows without ending the sentence, and words that a sentence likes to begin with.

Compiled after «Справочник издателя и автора» (Мильчин, Чельцова) for Russian and The Chicago Manual of Style for
English. Spaces within are left out: «т. е.» is `т.е`. Lower case stands for either case, a capital for itself alone.
"""

from __future__ import annotations


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


#: What they introduce must follow, whatever it begins with.
INTRODUCING = _words("""
    cf viz vs ca approx e.g i.e resp incl esp
    т.е т.к т.н т.наз т.о т.ск см ср напр соотв сокр p.s n.b
""")

#: A name must follow: titles, ranks, what places are, and first names cut short.
TITLES = _words("""
    Mr Mrs Ms Mx Messrs Mme Mmes Mlle Dr Drs Prof Rev Revd Hon Gen Maj Col Capt Cpt Lt Sgt Cpl Pvt Adm Cmdr Brig Gov
    Sen Rep Pres Supt Insp Fr St Ste Sts Mt Ft Mons Mgr Amb Atty Lieut Serg Bp Abp trans transl
    Wm Chas Geo Jas Jos Thos Robt Edw Th Ch Yu Ya Zh Kh Ph
    св тов тт гр кн акад проф доц инж ген полк подполк кап лейт адм нач зав зам пом пред секр уполн чл корр ред сост
    архим архиеп еп митр прот свящ мч вмч преп патр губерн госп и.о в.и.о ст
    оз гор ул пл просп пер наб бульв дер пос хут мест букв о-в
    лат греч франц англ русск рус араб перс арм груз ит итал исп польск укр евр слав тат азерб
    рожд урожд ок прибл прим примеч
    Дж Вс Вл Ал Алекс Ив Ник Евг Мих Конст Григ Серг Фр Дм
""")

#: A figure must follow, Arabic or Roman.
NUMBER = _words("""
    no nos nr vol vols p pp ch chap chaps art arts fig figs sec sect secs par para pt col cols bk bks app pl plate
    fol fols
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    янв фев февр мар апр авг сен сент окт ноя нояб дек
    стр гл рис табл вып отд разд лл сс пп чч сб ч кв корп оп ф илл т с п д
""")

#: May end a sentence; before a capital they do.
TAIL = _words("""
    etc al a.m p.m b.c a.d b.c.e c.e Inc Co Corp Ltd Bros Jr Sr Esq Ph.D M.D M.A B.A LL.D D.D ibid op.cit loc.cit
    seq
    inst ult prox Ave Blvd Rd ed eds
    т.д т.п др пр проч н.э с.г п.г т.г гг вв руб коп тыс млн млрд долл фр чел экз изд соч обл губ уезд вол мин сек
    час
    пуд верст десят проц ж.д р.х н.ст ст.ст г.г в.в
""")

#: After a figure a unit of measure or a year, which may end a sentence; elsewhere they wait for a name: «г. Баку».
UNITS = _words("г гг в вв р к м ч с л км см мм кг га мин час")

#: Waits for a name in the genitive; otherwise it is the pronoun: «завод им. Ленина», «дал им. Иван».
NAMED = _words("им")

MONTHS = _words("""
    January February March April May June July August September October November December
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
""")

#: Words that begin a sentence far oftener than they follow an initial or an abbreviation.
STARTERS = _words("""
    The A An He She It They We You I This That These Those There Here His Her Its Their Our My Your In On At By For
    From With To Of As If When While After Before But And Or So Then Now Yet However Meanwhile What Who Whom Whose
    Where Why How Which Not No Yes One Two Three All Some Many Most Much Each Every Such Only Even Still Thus
    Therefore Moreover Finally Although Though Because Since Until Under Over Upon Both Between During Through
    Having Being Let Do Did Does Is Are Was Were Had Has Have Can Could Will Would Should Might Must Another Other
    Others Several Nothing Nobody Everything Everyone Someone Suddenly Perhaps Again Once Never Soon Later Today
    Afterwards Nevertheless Nor Neither Either Without Within About Against Among According Just Like Well Oh Ah Us
    Me
    Он Она Оно Они Мы Вы Ты Я Это Этот Эта Эти Этим Этого Тот Та Те То Того Так Такой Такая Такие Таким Там Тут
    Здесь Тогда Теперь Потом Затем И А Но Да Нет Не Ни Или Либо Если Когда Пока Хотя Чтобы Что Кто Как Где Куда
    Откуда Почему Зачем Какой Какая В Во На Над Под По При Про Для До От Из К Ко С Со У О Об Обо За Без Через После
    Перед Между Его Ее Её Ей Ему Им Их Наш Наша Ваш Мой Моя Твой Все Всё Весь Вся Всякий Каждый Один Одна Одно
    Другой Другая Другие Некоторые Многие Никто Ничто Ничего Никогда Однако Впрочем Наконец Вдруг Уже Еще Ещё Даже
    Только Лишь Итак Поэтому Потому Кроме Вместе Вот Ведь Был Была Было Были Есть Может Можно Нужно Надо Сам Сама
    Меня Мне Тебя Нас Нам Вас Вам Несмотря Против Среди Около Вскоре Сначала Сперва Снова Опять Также Тоже Зато Ибо
    Хоть Пусть Неужели Разве
""")

#: With these a sentence opens on its time: «В 1920 г. Советское правительство …» is one.
OPENERS = _words("В Во К Ко С Со До На По После Около От Летом Зимой Весной Осенью In By Since Until On At About")

#: What a speaker does between two pieces of direct speech: `"Who is there?" Anna asked.`
SPEECH = _words("""
    said says asked asks cried cries replied replies answered answers exclaimed exclaims observed remarked added
    continued began repeated inquired enquired whispered muttered murmured shouted called returned rejoined retorted
    interrupted interposed demanded declared announced responded objected persisted resumed ejaculated growled
    screamed sobbed faltered
""")

#: Languages that write an ordinal as a figure with a full stop: »am 3. Mai«, »das 19. Jahrhundert«.
ORDINALS = frozenset("de da no nb nn fi is cs sk sl hr hu et lv pl tr".split())
