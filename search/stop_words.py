"""Words too common to be looked for, by language, folded: articles, pronouns, prepositions, auxiliaries. Pure.

A query of nothing but these is looked for as it stands. Words that matter in some query are left off: "state", "new".
"""

_WORDS = {
    "en": """
        a about above after again all also am an and any are as at be because been before being below between both
        but by can could did do does doing down during each either for from further had has have having he her here
        hers him himself his how i if in into is it its itself me more most my no nor not of off on once only or
        other our ours out over own same she should so some such than that the their theirs them themselves then
        there these they this those through to too under until up upon us very was we were what when where which
        while who whom whose why will with within without would you your yours
    """,
    "fr": """
        a afin ai ainsi alors apres as au aucun aucune aujourd aussi autre autres aux avait avant avec avoir avons
        avez car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment contre d dans de
        depuis des donc dont du elle elles en encore entre est et etaient etait etant ete etes etre eu eux fait fut
        hui il ils j je l la le les leur leurs lors lorsque lui m ma mais me meme memes mes moi moins mon n ne ni
        nos notre nous on ont or ou par parce pas pendant peu peut plus pour pourquoi puis qu quand que quel quelle
        quelles quelque quelques quels qui quoi s sa sans se selon sera ses si soit son sont sous sur ta te tes toi
        ton tous tout toute toutes tres tu un une vers voici voila vos votre vous y
    """,
    "es": """
        a acerca al algo alguna algunas alguno algunos ante antes aquel aquella aquellas aquellos asi aun aunque cada
        como con contra cual cuales cuando cuya cuyo de del desde donde dos durante e el ella ellas ellos en entre
        era eran eres es esa esas ese eso esos esta estaba estan estar estas este esto estos fue fueron ha haber
        habia han has hasta hay la las le les lo los mas me mi mis misma mismo mismos mucho muy nada ni no nos
        nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poco por porque pues que
        quien quienes se sea segun ser si sido sin sobre son su sus tambien tan tanto te tiene tienen toda todas
        todo todos tras tu tus u un una unas uno unos usted ustedes vosotros y ya yo
    """,
    "pt": """
        a ao aos aquela aquelas aquele aqueles aquilo as ate com como contra cada da das de dela dele deles depois do
        dos e ela elas ele eles em entre era eram essa essas esse esses esta estao estas estava este estes eu foi
        foram ha isso isto ja la lhe lhes mais mas me mesma mesmo meu minha muito na nao nas nem no nos nossa nossas
        nosso nossos num numa o os ou para pela pelas pelo pelos por porque qual quais quando que quem se sem ser
        seu seus sao so sob sobre sua suas tambem te tem tendo ter teu tu tua um uma umas uns voce voces vos
    """,
    "it": """
        a ad agli ai al alla alle allo anche avere aveva avevano c che chi ci cio coi col come con contro cosa cui d
        da dagli dai dal dalla dalle dallo degli dei del della delle dello dentro di dopo dove e ed era erano essere
        fra gli ha hai hanno ho i il in io l la le lei li lo loro lui ma me mi mia mio ne negli nei nel nella nelle
        nello noi non nostra nostre nostri nostro o ogni per perche piu poi pero qual quale quali quando quanto
        quella quelle quelli quello questa queste questi questo qui se sei senza si sia siamo sono sopra sotto sta
        su sua sue sugli sui sul sulla sulle sullo suo suoi te ti tra tu tua tuo tutta tutte tutti tutto un una uno
        v vi voi
    """,
    "de": """
        aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus
        bei beim bin bis bist da damit dann das dass dein deine dem den der des dessen die dies diese diesem diesen
        dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euer eure fur gegen hab habe
        haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in ins ist ja
        jede jedem jeden jeder jedes jene kann kein keine keinem keinen keiner man mein meine mich mir mit nach nicht
        noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so sondern uber um und uns
        unser unsere unter vom von vor war waren was weil welche welchem welchen welcher wenn wer werden wie wir wird
        wo wurde wurden zu zum zur zwischen
    """,
    "ca": """
        a abans al als altra altre altres amb aquell aquella aquelles aquells aquest aquesta aquestes aquests aixi
        aixo cada com contra d de del dels des dins doncs e el ella elles ells els em en entre era eren es esta estan
        et fins ha han havia hi ho i jo l la les li llur lo los m mes meva meu mateix molt n ni no nosaltres nostra
        nostre o on pel pels per perque pero poc qual quals quan que qui s sense ser seu seus seva si sobre son sota
        tambe tant te tot tota totes tots tu un una unes uns us va van vosaltres
    """,
    "ar": """
        في من الي علي عن ان انه انها او ام اي هذا هذه ذلك تلك هو هي هم هما نحن انا انت كان كانت يكون تكون قد لقد لا لم
        لن ما ماذا مع كل كما لكن بل ثم حتي اذا اذ الذي التي الذين بين بعد قبل عند غير حول ايضا و يا به بها له لها فيه
        فيها منه منها عليه عليها
    """,
}
STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split()) for language, words in _WORDS.items()
}
