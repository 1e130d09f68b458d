"""Invented prose for load tests: whole sentences, of the length and the vocabulary of real documents.

Nothing here is a fact. The same `random.Random` gives the same words.
"""

from random import Random

ACTORS = {
    "en": [
        *(
            "the workers' co-operative",
            "a group of inhabitants",
            "the municipality",
            "the network of growers",
        ),
        *(
            "a women's association",
            "the local initiative centre",
            "the savings group",
            "young people in training",
        ),
        *("the regional union", "an employers' group", "the neighbourhood company", "the fishers' community"),
    ],
    "fr": [
        *("la coopérative de travail", "un groupe d’habitants", "la commune", "le réseau de maraîchers"),
        *("une association de femmes", "le centre d’initiative locale", "le groupe d’épargne"),
        *(
            "l’union régionale",
            "un groupement d’employeurs",
            "la régie de quartier",
            "la communauté de pêcheurs",
        ),
    ],
    "es": [
        *("la cooperativa de trabajo", "un grupo de habitantes", "el municipio", "la red de horticultores"),
        *("una asociación de mujeres", "el centro de iniciativa local", "el grupo de ahorro"),
        *("la unión regional", "un grupo de empleadores", "la empresa de barrio", "la comunidad pesquera"),
    ],
}
ACTIONS = {
    "en": [
        *(
            "opened a shared workshop",
            "took over an empty mill",
            "set up a short supply chain",
            "signed a charter",
        ),
        *("bought twelve hectares together", "trained forty apprentices", "started a solidarity fund"),
        *("repaired the irrigation channels", "organised a travelling market", "created eight stable jobs"),
        *("met every month for two years", "put its accounts on the table", "built a house of services"),
    ],
    "fr": [
        *("a ouvert un atelier partagé", "a repris un moulin abandonné", "a organisé un circuit court"),
        *(
            "a acheté douze hectares en commun",
            "a formé quarante apprentis",
            "a lancé un fonds de solidarité",
        ),
        *(
            "a remis en état les canaux d’irrigation",
            "a monté un marché itinérant",
            "a créé huit emplois durables",
        ),
        *("s’est réuni chaque mois pendant deux ans", "a mis ses comptes sur la table", "a signé une charte"),
    ],
    "es": [
        *("abrió un taller compartido", "recuperó un molino abandonado", "organizó un circuito corto"),
        *("compró doce hectáreas en común", "formó a cuarenta aprendices", "creó un fondo de solidaridad"),
        *("reparó los canales de riego", "montó un mercado itinerante", "creó ocho empleos estables"),
        *("se reunió cada mes durante dos años", "puso sus cuentas sobre la mesa", "firmó una carta"),
    ],
}
REASONS = {
    "en": [
        *("because the last shop of the valley had closed", "so that nobody has to leave in order to live"),
        *("with the help of a loan guaranteed by its neighbours", "although no subsidy had been promised"),
        *("and the school, the clinic and the bakery joined in", "as the elders had done before the war"),
        *("which changed the way decisions are taken", "after three winters of meetings and two failures"),
        *("without waiting for the ministry to answer", "in a country where the law knew no such form"),
    ],
    "fr": [
        *(
            "parce que le dernier commerce de la vallée avait fermé",
            "pour que personne n’ait à partir pour vivre",
        ),
        *("grâce à un prêt garanti par les voisins", "alors qu’aucune subvention n’était promise"),
        *(
            "et l’école, le dispensaire et la boulangerie ont suivi",
            "comme les anciens l’avaient fait autrefois",
        ),
        *("ce qui a changé la façon de décider", "après trois hivers de réunions et deux échecs"),
        *("sans attendre la réponse du ministère", "dans un pays où la loi ne connaissait rien de tel"),
    ],
    "es": [
        *("porque la última tienda del valle había cerrado", "para que nadie tenga que irse para vivir"),
        *("gracias a un préstamo avalado por los vecinos", "aunque ninguna subvención estaba prometida"),
        *("y la escuela, el dispensario y la panadería se sumaron", "como antes lo habían hecho los mayores"),
        *("lo que cambió la manera de decidir", "después de tres inviernos de reuniones y dos fracasos"),
        *("sin esperar la respuesta del ministerio", "en un país donde la ley no conocía nada parecido"),
    ],
}
OPENINGS = {
    "en": [
        "In the first year,",
        "Since then,",
        "On the ground,",
        "At the scale of the region,",
        "Step by step,",
        "",
    ],
    "fr": ["La première année,", "Depuis,", "Sur le terrain,", "À l’échelle de la région,", "Pas à pas,", ""],
    "es": [
        "El primer año,",
        "Desde entonces,",
        "Sobre el terreno,",
        "A escala de la región,",
        "Paso a paso,",
        "",
    ],
}
SUBJECTS = {
    "en": [
        *(
            "Shared gardens",
            "A mutual bank",
            "Forest work",
            "Renewable energy",
            "Care at home",
            "A grain mill",
        ),
        *(
            "Fair tourism",
            "Repair and reuse",
            "A school of territories",
            "The municipal canteen",
            "Fishing rights",
        ),
        *("Work for all", "A land trust", "The price of milk", "Community radio", "Wool and weaving"),
    ],
    "fr": [
        *("Jardins partagés", "Une banque mutuelle", "Le travail en forêt", "L’énergie renouvelable"),
        *("Les soins à domicile", "Un moulin à grains", "Le tourisme équitable", "Réparer et réemployer"),
        *("L’école des territoires", "La cantine municipale", "Les droits de pêche", "Du travail pour tous"),
        *("Une foncière solidaire", "Le prix du lait", "La radio du pays", "Laine et tissage"),
    ],
    "es": [
        *("Huertos compartidos", "Un banco mutual", "El trabajo en el bosque", "La energía renovable"),
        *("Cuidados a domicilio", "Un molino de granos", "El turismo justo", "Reparar y reutilizar"),
        *(
            "La escuela de los territorios",
            "El comedor municipal",
            "Los derechos de pesca",
            "Trabajo para todos",
        ),
        *("Una tierra en común", "El precio de la leche", "La radio comunitaria", "Lana y tejido"),
    ],
}
PLACES = {"en": "in {}", "fr": "à {}", "es": "en {}"}
SOURCES = {
    "en": "a member, in conversation",
    "fr": "un membre, en entretien",
    "es": "un socio, en conversación",
}
FIGURES = {
    "en": ["members", "stable jobs", "euros lent", "hectares", "municipalities"],
    "fr": ["membres", "emplois durables", "euros prêtés", "hectares", "communes"],
    "es": ["socios", "empleos estables", "euros prestados", "hectáreas", "municipios"],
}
WRITTEN = tuple(ACTORS)  # languages in which there are words


def sentence(chance: Random, lang: str) -> str:
    """About 17 words."""
    parts = [chance.choice(table[lang]) for table in (OPENINGS, ACTORS, ACTIONS, REASONS)]
    text = " ".join(part for part in parts if part)
    return text[0].upper() + text[1:] + "."


def prose(chance: Random, lang: str, words: int, link: int | None = None) -> str:
    """Stored rich text of about `words` words in paragraphs; one of them links to the page `link`."""
    paragraphs = []
    for _ in range(max(1, words // 70)):
        sentences = [sentence(chance, lang) for _ in range(4)]
        if link:
            sentences[1] += f' (<a linktype="page" id="{link}">{chance.choice(ACTORS[lang])}</a>)'
            link = None
        if chance.random() < 0.4:
            sentences[2] = f"<b>{sentences[2]}</b>"
        paragraphs.append(f"<p>{' '.join(sentences)}</p>")
    return "".join(paragraphs)


def title(chance: Random, lang: str, place: str) -> str:
    return f"{chance.choice(SUBJECTS[lang])} {PLACES[lang].format(place)}"
