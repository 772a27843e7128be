"""Hard cases for the cutting of sentences, by hand: ` | ` stands where one sentence ends and the next begins."""

ENGLISH = r"""
He came at 5 p.m. on Monday. | She left at once.
We met Gen. Denikin and Col. Ivanov in Odessa. | They were tired.
Dr. Fuad Sabit arrived with them. | Nobody met him.
See No. 5 of the journal, vol. II, pp. 12-14. | It is all there.
No. | He would not go.
"No." | He shook his head.
The text (i.e. the first draft) was lost. | E.g. the second page is missing.
J. R. Smith and A. B. Jones wrote it. | It sold well.
The works of I. S. Turgenev were read by all. | I read them too.
It was I. | He did not believe it.
He wrote to the U.S. Government. | The U.S. Army replied.
He lives in the U.S. | She lives in France.
The price rose by 2.5 per cent. | Then it fell to 1.75.
Peace was signed on 10. August 1920 at Sèvres. | The Sultan approved it.
1. The parties agree to peace. | 2. The borders remain.
"Who is there?" Anna asked. | "It is I," he said.
"Who is there?" she asked. | "It is I."
"Stop!" cried Maria Dmitrievna. | "You will fall!"
"Where are you going?" | "To Moscow." | "Why?"
He said, "I will go." | Then he went.
He said, "I will go." | "When?" asked she.
(He was not there.) | She was.
She left (he did not know why). | He stayed.
He stopped... | Then he went on.
He stopped ... then went on.
Well... perhaps you are right. | Who knows?
I thought . . . but no matter. | It is late.
It was over. . . . | Nobody spoke.
What?! | You cannot mean it!
He came; she left; they never met again.
In the town of O., the chief town of the province, it rained. | It rained for days.
St. Petersburg lies on the Neva. | Mt. Ararat does not.
Messrs. Brown & Co. sold it. | The buyer was Smith Bros. Ltd. of London.
He had books, maps, etc. | He sold them all.
He had books, maps, etc., and sold them.
Cf. the letter of Jan. 5, 1921. | It is quoted in full.
“In negotiations the Government yielded.” | “But in this case it did not.”
‘Is it so?’ | ‘It is.’
He asked: "Is it so?" | And she: "It is!"
"What art thou doing?"--she inquired. | --"What art thou sighing about?"
"Fedia?"--exclaimed Marfa. | --"But come now, art thou not inventing?"
It ended in 1842. | 5 men had died.
It ended in 1842. | In 1843 it began again.
He is a Ph.D. and works for Acme Inc. in Boston. | He is forty.
He works for Acme Inc. | She works for Acme Corp. too.
Charles I. was beheaded by Parliament.
Prof. Dr. A. Müller spoke first. | Lt. Col. Brown spoke last.
Rev. Mr. Jones and Mrs. Jones came early. | So did Messrs. Black and White.
The end.[1] | A new beginning.
The end.” | A new beginning.
He used Node.js at example.com. | It worked.
The meeting was at 10 a.m. | The Minister spoke.
Art. 5 and Sec. 7 were dropped. | Ch. IV stays.
He was born on Sept. 3rd, 1870. | He died on Feb. 12th, 1930.
Yes. | No. | Perhaps.
"Yes," he said. | "It is so."
Why, sir, do you ask! he cried. | Nobody answered.
He wrote "The End." and put down the pen. | She clapped.
The Treaty (Art. 3, par. 2.) was void. | Nobody cared.
Sami-bey, Jr., came. | Sami-bey, Sr. did not.
Mr. and Mrs. N. lived there. | They had a son.
The year was 40 B.C. | Rome was at war.
Moscow, M. 1921. | As manuscript.
Ivan (who knew?) Petrov came. | He sat down.
He has two (2.) reasons. | Both are bad.
"Oh! oh!" she cried. | "My head!"
Alas! my brother is dead. | O woe!
D. H. Lawrence wrote it. | T. S. Eliot did not.
He read vols. 3 and 4. | Nothing was in them.
The treaty was signed by Lt.-Gen. Sir H. Wilson and M. Clemenceau. | Nobody cheered.
On Sat. the ship left for Batum with ca. 200 men. | It never arrived.
"I say!" | He turned round. | "Is that you, Mr. Brown?"
He quoted p. 7, n. 3, and op. cit., ch. ii. | I could not follow.
They reached Mt. Elbrus at 4.30 p.m. and rested. | At 6 they went on.
It cost £3 10s. 6d. a yard. | She bought two.
“Good God!” he muttered; “what is that?” | “A ghost.”
Prince N. came in. | Everyone rose.
He belonged to the Y.M.C.A. and the W.E.A. in London. | So did she.
He belonged to the R.S.F.S.R. | She did not.
Vide supra, vol. 3, pt. 2. | The rest is silence.
Is this the end? | (I hope not.) | Let us see.
The question "Who are you?" was not answered. | He left.
In Jan. 1921 Gen. Kuchuk took Alexandropol. | By Feb. he had left it.
The answer was No. 7. | He had expected No. 8.
Capt. J. T. Kirk (ret.) spoke. | No one heard.
She asked, "Why?"; he said nothing. | Then: "Because."
I. INTRODUCTION. | This chapter begins.
Enver, Talaat, et al. fled. | Kemal stayed.
John F. Kennedy Jr. was born in 1960. | He died in 1999.
"Akh!"--she cried,--"what have I done?" | --And she wept.
He wrote from Washington, D.C. to his wife. | She never replied.
He lives in Washington, D.C. | He likes it.
Fig. 3 shows it. | Table 2 does not.
The order of 3. II. 1921 was read by nobody. | It was out of date.
We met at 6 p.m. Sunday in the hall. | She was late.
The train leaves at 9 a.m. | Be there early.
He arrived at 5 p.m. March 3rd.
The firm of Smith & Co. & Bros. failed.
See Fig. A, Sec. B, and Vol. C for more. | They are short.
The wall ends at gate C. | Guards stood there.
He sat in room D. | Nobody spoke to him.
Pupils of class B. | Teachers of class A.
J. R. R. Tolkien wrote it. | C. S. Lewis read it.
The U.S. Army moved. | The U.S.S.R. Government agreed.
He went to the U.S. | Then he came back.
Mr. Smith met Dr. Brown on Main St. in St. Louis.
It is I. | You knew it.
He is taller than I. | Mary is shorter.
I. The Beginning
He paid 5 sh. 6 d. for it.
Nos. 5 and 6 are lost. | No. 7 is here.
"Who is there?" Anna asked. | "Nobody."
"Go!" he cried. | "At once!" | She went.
Prof. A. Brown came. | Capt. J. White left.
They sell apples, pears, etc. | Prices are low.
Smith et al. [2004] disagree.
He lived in Washington, D.C. | His wife did not.
He said: 'No.' | Then he left.
This is vitamin C. | Doctors like it.
On Jan. 5 he left. | On Feb. 6 he came back.
The price was $5.50. | He paid.
He was born ca. 1850 in Ky. and died in 1900.
Gen. Wrangel left the Crimea. | Adm. Kolchak was dead.
Is it so? | Perhaps. | I think not!
Chapter V. | He comes home.
"""

RUSSIAN = r"""
А. С. Пушкин родился в Москве. | Он умер в Петербурге.
Приехали И.С. Тургенев и Л. Н. Толстой. | Их ждали.
Он взял хлеб, соль и т. д. | Потом ушел.
Он взял хлеб, соль и т.д. и т.п. | Потом ушел.
Он взял хлеб, соль и т. д., а потом ушел.
Это т. н. национальный обет, т. е. хартия новой Турции. | Его приняли.
В 1920 г. Советское правительство заняло спорную полосу. | Это было необходимо.
Он родился в 1842 г. | Отец его был прокурором.
В 1918–1920 гг. Турция вела войну. | Война кончилась.
Он жил в г. Баку. | Потом уехал.
Завод им. Ленина стоит. | Завод им. С. М. Кирова работает.
Он дал им. | Они взяли.
См. ст. 5 и п. 3 договора. | Они отменены.
См. рис. 4, стр. 12, гл. II. | Там все есть.
Тов. Чичерин ответил 3 июня. | Нота была принята.
Ген. Деникин и полк. Иванов отступили. | Фронт рухнул.
— Куда ты? — спросил он. | — Домой.
— Да, — сказал Иван. | — Пойдем.
— Да, — сказал Иван, — пойдем.
— Что? | — Ничего.
— Что ты! — воскликнула она. | — Опомнись!
«Куда?» — спросил он. | «Домой», — ответила она.
«Куда ты идешь?» | «Домой».
Он сказал: «Пойдем!» | И они пошли.
Он сказал: «Пойдем!» — и они пошли.
Он остановился... | Потом пошел.
Он остановился... потом пошел.
Он остановился… и замолчал. | Никто не ответил.
Что?! | Не может быть!
Неужели?.. | Да!..
Гм!.. да вот, пожалуйте, есть новость.
Он пришел; она ушла; больше они не виделись.
Дело было в губернском городе О... | Стояла весна.
Цена выросла на 2.5 процента. | Потом упала.
1. Стороны заключают мир. | 2. Границы остаются.
(Его не было.) | Она была.
Она ушла (он не знал почему). | Он остался.
Это было в 480 г. до н. э. | Персы отступили.
Это было в III в. н. э. при императоре.
Стоило это 5 руб. 20 коп. за пуд. | Дорого!
Убито 5 тыс. человек. | Ранено 10 тыс.
В 5 ч. утра началась атака. | В 7 ч. она кончилась.
Ул. Гоголя, д. 5, кв. 7. | Там он жил.
Проф. В. И. Вернадский выступил первым. | Акад. Павлов молчал.
Эрзерум, Трапезунд и др. города пали. | Турки наступали.
Пришли Иванов, Петров и др. | Все молчали.
Св. Георгий победил змия. | О нем сложили песню.
Годовой отчет НКИД к VIII Съезду Советов, М. 1921. | На правах рукописи.
Он уехал в СССР. | Там он работал.
Это сделал я. | Я не жалею.
Кто это? | А. Б. Иванов.
Я поймал три щуки. | Вот какие!
Иван (кто знал?) Петров пришел. | Он сел.
Он (Иванов) ушел. | Она (Петрова) осталась.
— Эх!.. — сказал он. | — Жаль.
И сказал Бог: да будет свет. | И стал свет.
Мустафа Кемаль-паша, гр. Толстой и кн. Волконский беседовали. | О чем — неизвестно.
Напр. так. | Или ср. выше.
Шел дождь. | 5 человек погибло.
Прибыл поезд № 5. | Он опоздал.
По ст. 17 договора от 16 марта с. г. стороны обязуются. | Срок не указан.
Дж. Смит и Вс. Иванов подписали акт. | Подписи неразборчивы.
Глава правительства (см. прим. 3) отказался. | Переговоры прерваны.
О. Павел служил. | Народ молился.
Он достал из кармана 10 р. и ушел. | Больше денег не было.
Подписали: М. Кемаль-паша, Б. Сами-бей и д-р Ф. Сабит. | Копия верна.
Он прибыл в С.-Петербург в 8 ч. веч. и остановился у гр. Л. Н. Толстого. | Гр. Толстой был болен.
К 1 янв. 1921 г. Турция заняла Карс. | К марту она его удержала.
В мае с. г. делегация прибыла в Москву. | Ее принял т. Чичерин.
Ему было 40 лет. | XIX век кончался.
— Вы г-н Лаврецкий? | — Да-с.
На ст. Александрополь стоял поезд. | Он шел в Тифлис.
Население 2 млн. чел., в том числе 300 тыс. мусульман. | Остальные — армяне.
Он сказал: «Я иду», но не пошел. | «Отчего?» — спросили его.
Это был — увы! — конец. | Больше ничего не было.
Смерть? | Нет. | Жизнь!
Ср. Собр. соч., т. IX, с. 15. | Там же.
Н. К. И. Д. сообщает. | Прочее известно.
Река Аракс и оз. Севан. | Гор. Эривань.
В ночь на 2-е декабря (н. ст.) договор подписан. | Армяне уступили.
А Иван? | А Петр?
Ну-с... | — Что-с?
Он был зол, груб и пр. | Его не любили.
Кн. Андрей вошел. | Наташа встала.
Длина 5 км. | Ширина 2 км.
Курс 5 фр. за рубль. | Падает.
"Куда?!" | -- "Туда!"
Читайте в № 7. | Цена 5 коп.
Это — НКИД, а то — ВЦИК. | РСФСР признала Турцию.
Приказ от 3. II. 1921 г. никто не читал. | Он устарел.
Письмо от 7. 11. 1919 пришло поздно.
Декрет 12. XII. 1918 отменён. | Его забыли.
Об этом писала газ. «Речь» и журн. «Нива».
Пар. «Волга» вышел из порта. | Гост. «Астория» закрыта.
Дом строил арх. Щусев, а мост — инж. Белелюбский.
Отряд вышел из пункта Б. | Солдаты шли молча.
Учился он в классе А. | Учителя его любили.
Нашли витамин С. | Затем открыли другие.
Граф Л. Н. Толстой жил в Ясной Поляне. | А. П. Чехов бывал у него.
Это подписал Совнарком Р. С. Ф. С. Р. | Договор вступил в силу.
Он родился в 1870 г. | Отец его был врач.
В 1920 г. Советское правительство ответило.
Купил хлеб, соль и т. д. | Потом ушёл.
Он жил на ул. Гоголя, д. 5, кв. 7. | Дом цел.
См. рис. 2 и табл. 3. | Там всё ясно.
Это было в III в. до н. э. | Тогда правил другой царь.
Проф. И. И. Иванов и акад. Петров спорили.
Бой шёл у точки К. | Никто не отступил.
Ему дали 5 тыс. руб. | Он обрадовался.
Цех завода им. Кирова закрыт.
Я дал им. | Они взяли.
Уехал в г. Баку. | Там и остался.
Стр. 15 вырвана. | Стр. 16 цела.
Он взял т. II и ч. III. | Остальное осталось.
Он (кто бы мог подумать?) Иванов, а не Петров.
Ваше имя?.. | Не помню.
Пришёл и. о. министра Петров.
Площадь 5 кв. км. | Население 300 чел.
Было 10 ч. | Все спали.
Так говорил т. Ленин. | Мы слушали.
Он сел в вагон В. | Поезд тронулся.
Деревня в 3 в. от города. | Там жили кузнецы.
"""

FRENCH = """
M. Durand est parti. | Mme Petit aussi.
Le Dr Martin et le Pr. Blanc sont venus. | Ils ont dîné.
Il est né en 1850 av. J.-C. ou plus tard.
Voir p. 5, chap. III et art. 2. | C'est clair.
« Où allez-vous ? » demanda Jean. | « Chez moi ! »
Il vend des pommes, des poires, etc. | Les prix sont bas.
Le roi Louis XIV. régna longtemps.
A. Dumas écrivait beaucoup. | V. Hugo aussi.
S. M. le roi arriva. | Il était seul.
Mgr. Dupuy bénit la foule.
Est-ce vrai ? | Oui. | Non !
Le point B. | Des soldats attendaient.
"""
