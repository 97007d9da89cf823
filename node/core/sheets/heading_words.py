"""The words by which headings are known, in the languages of the projects; patterns are searched in folded headings.

The first rule that fits counts, so that the narrow stand before the wide.
"""

from typing import Final

from node.core.sheets.meanings import Heading

HER: Final = (
    r"her\b|hers\b|\bsw'?s?\b|worker'?s?\b|report(er|ing person)|report(ed|er) by|informant|victim|complainant|\bsu\b|"
    r"service user|ladies|lady|lass|\blads?\b|women|woman\b|caller|survivor|melder|betroffene|meldende|denunciante|"
    r"vitima|"
    r"victima|plaignante|zglaszaj|adroddwr|menyw|our\b|person reporting|contact for them|\bts\b|escort|trabajadora|"
    r"usuaria|utente|beneficiar|usagere"
)

HIM: Final = (
    r"\bhis\b|\bhim\b|offender|perp\b|perpetrator|suspect|punter|\bman\b|\bmale\b|attacker|assailant|dodgy|\bhe\b|"
    r"\bthem\b|subject|person described|the person|tater|freier|verdacht|agressor|suspeito|agresor|sospechoso|"
    r"auteur|agresseur|"
    r"suspect|sprawc|klient|ymosod|dyn\b|cliente|aggressore|dader|nominal|individual|bloke|mugger?\b|the mug\b"
)

POLICE: Final = r"police|polic|polis|polit|polizei|heddlu|\bcops?\b|constab"

KINDS_ASKED: Final = (
    r"\b(?:own|our|local|us)\b",
    r"\b(?:others?|all|national|projects|everyone)\b",
    rf"\b(?:{POLICE})",
)

RULES: Final[tuple[tuple[str, str], ...]] = (
    (r"\bsarc\b|\b(crime|cad|urn)\b.*(ref|no\b|number|log)", "police_ref"),
    # Who reported.
    (rf"(name|alias|initials) (of|for) (the )?\b({HER})", "reporter"),
    (r"(1st|first|2nd|second)[ -]?hand|direct(ly)? or|hearsay|third party|relationship to|source of (info|report)",
    "told_by"),
    (rf"\b(age|dob|alter|oed|idade)\b.*\b({HER})", "reporter_age"),
    (rf"\b({HER}).*\b(age|dob|d\.o\.b|born|alter|idade|edad|wiek|oed)\b|\bdob\b|date of birth|over 18|18\s*\+|"
        rf"18 or over|geburtsdatum", "reporter_age"),
    (r"safe (to )?contact|get(ting)? (hold|in touch)|how (to|can we|do we) (reach|contact|get hold)|best (way|time|"
        r"contact)|call ?back|reach (her|them|on)|contact rules|erreichbar", "reporter_contact"),
    (rf"\b({HER}).*(contact|phone|tel\b|mobile|number|e-?mail|address|addr|reach|kontakt|contato|contacto|cyswllt)",
    "reporter_contact"),
    (rf"\b({HIM}).*\b(contact|phone|tel|mob|mobile|numbers?|e-?mail|kontakt|telefon|handle|username|online)",
    "identifiers"),
    (rf"(phone|\btel\b|telefon|mob|mobile|numbers?|e-?mail|handle|username|contact|kontakt).*\b({HIM})", "identifiers"),
    (r"(date|day|when|datum|data|fecha|dyddiad|dzien|ziua).*(taken|report|rec'?d|received|logged|told|recorded|"
        r"entered|form|call|meld|eingang|erfass|zglosz|registo|registr|signal|adrodd|derbyn|aufgenommen|recebid|"
        r"inregistr|primit)|^(told on|told us on|rec'?d|received|reported|logged|taken|entered|reported on|"
            r"date (in|rec|recd|rcd|"
        r"rec'd)|eingang\w*|meldedatum|erfasst( am)?|gemeldet am|timestamp|submitted( at)?|submission date|"
        r"created( at)?)$", "taken_on"),
    (rf"(phone|\btel\b|telefon|mob|mobile|numbers?|e-?mail|handle|username|contact|kontakt).*\b({HIM})", "identifiers"),
    (r"(date|day|when|datum|data|fecha|dyddiad|dia|dzien|tag).*(incident|attack|event|happen|occur|offence|assault|"
        r"vorfall|tat\b|ereignis|incid|ocorr|hecho|faits|digwydd|zdarz|fapt)|\binc\.? date|date of inc\b|tatdatum|"
        r"vorfalldatum|vorfallsdatum|^(when|wann|quando|quand|cuando|kiedy|pryd|cand|occurred|day/date|"
        r"happened( on)?)\b.*$|incident (date|day)|(date|day)s? it happened", "incident_date"),
    (r"reported to|told to|spoke to|(taken|logged|recorded|completed|entered|received|form|written|"
        r"typed) (down )?by|reported by \(staff|^(by|staff|initials|init|worker|k/?w|key ?worker|caseworker|"
        r"angenommen von|aufgenommen von|erfasst von|bearbeiter(in)?|staff (member|name|initials)|volunteer|gan|"
        r"pwy|mitarbeiter(in)?|tomado por|anotado por|przyjal|preluat de)\b[^a-z]*$|worker initials|staff initials",
        "taken_by"),
    (rf"\b({HER}).*(name|alias|known as|called|nick|initials|who|details)|who (report|told|rang|said|called)|"
        rf"from whom|^(told (us )?by|reporter|reported by|informant|source|caller|who from|from|melder(in)?|"
        rf"meldende|quem|gemeldet von|zglaszajac[ay]|adroddwr|denunciante)\b[^a-z]*$|\bname used|real name|"
        rf"working name|(alias|name).*contact|legal name|^(sw|su|service user|victim|complainant|member)\b[^a-z]*$",
        "reporter"),
    (r"not to share|don'?t share|do not share|confidential|private\b|office only|staff only|in-?house only|"
        r"internal|vertraulich|cyfrinachol|confidenc|confidential|poufne|\bnotes?\b|comments?|remarks|bemerkung|"
        r"anmerkung|notiz|observa|uwagi|nodiadau|sylwadau|remarques|opmerk|\bnote\b|misc\b", "notes"),
    (r"outcome|action|\bdone\b|follow[ -]?up|result|massnahme|erledigt|resultado|canlyniad|wynik|suivi|status|"
        r"alert sent|response|next steps|what we did|support|referr|safeguard|health|injur|welfare|needs|housing|"
        r"children|verletz", "outcome"),
    # What happened.
    (r"how .*(contact|met|meet|found|book|arranged|came)|contact (made|method|means|how|type)|method of contact|"
        r"(where|how) (did )?(they|he|she) (meet|met|find)|booking (via|method)|met (via|how|through)|"
        r"kontaktaufnahme|wie kontakt|kontaktweg|approach(ed)?\b|sut .*cwrdd|came (via|through)", "contact_means"),
    (r"\b(type|category|cat|kind|class|offence|nature|codes?|kategorie|tipo|typ|math|kategoria|categori\w*|art|"
        r"incident codes?)\b(?!.*(vehicle|car|consent|build|face))", "incident_type"),
    (r"^(time|uhrzeit|hora|heure|ora|godzina|amser|zeit|tijd|time of day|o'?clock)\b|time of (incident|attack|day)|"
        r"approx\.? time", "incident_time"),
    (r"(agency|organi[sz]ation|project|org\b|logged for|partner org|trager)", "agency"),
    # The person described.
    (rf"desc\w* of (the |a )?(person|people|individual)|^(the )?(person|people|individual)s?( described)?$|"
        rf"desc\w*.*\b({HIM})|\b({HIM}).*(desc|look|appear|detail|beschreib)|appearance|what (did )?(he|they) looks?|"
        rf"^looks?\b|^(the )?(suspect|man|male|offender|perp\w*|punter|person|attacker) ?(no\.? ?|#)?[1-4]$|"
            rf"^(the )?(man|men|male|males|him|bloke|punter|offender|suspect|perp)(\(s\)|s)?$|beschreibung|"
        rf"description$|^desc\w*\.?$|personenbeschreibung|disgrifiad|opis (osoby|sprawcy)|rysopis|signalement|"
        rf"descri[cz]\w* (d[oae]|f[ií]s)|aussehen|tater\b|looks? like|aspecto|infatisare", "description"),
    (rf"\b({HIM}).*(name|alias|nick|known|called)|(nick ?name|calls? himself|\bname (he |they |she )?(gave|gives|"
        rf"given|uses?d?|goes)|"
        rf"aka|a\.k\.a|street name|name ?/ ?nick\w*|spitzname|llysenw|apodo|alcunha|surnom|pseudonim|porecla|"
        rf"goes by)", "names"),
    (r"\b(number|no\.?|how many|anzahl|faint|quantos|cuantos|combien|ile|cati)( of)? (people|men|persons|offenders|"
        r"perps|suspects|attackers|them|involved|tater|bobl)", "people"),
    (r"what (happened|was (said|done)|he did|they did)|incident( details?)?$|details? of (the )?(incident|event)|"
        r"incident (desc|summ|report|narr)|(desc\w*|details|summary|account) of (the )?(incident|event|what)|"
        r"^(details?|account|narrative|story|summary|what|event|incident|vorfall|hergang|geschehen|ereignis|"
        r"sachverhalt|relato|recit|opis|their words|in (her|their|his) (own )?words|full account|hanes|ce s-?a)\b|"
        r"was ist passiert|o que aconteceu|que s'?est|que paso|co sie stalo|beth ddigwydd|opis zdarz|tathergang|"
        r"qu'?est-ce qui|ce s-a intamplat|description of (the )?incident", "what_happened"),
    (r"(\bcar|vehicle|motor|van|transport|wheels|auto\b|fahrzeug|pkw|kfz|vehicule|voiture|carro|coche|pojazd|"
        r"samoch|cerbyd|masina|veiculo|vehicul|veh\b|driving|voertuig|make|model)", "vehicle"),
    (r"\b(reg|regn|registration|vrm|plates?|number ?plate|kennzeichen|kfz-kennzeichen|placa|plaque|immat\w*|"
        r"matr[ií]cula|rejestr\w*|rhif cofrestru|numar|index)\b", "plate"),
    (r"(phone|\btel|mobile|number).*\b(app|user ?name|handle|e-?mail|profile|social)|(app|user ?name|handle|e-?mail|"
        r"profile|social).*\b(phone|tel|mobile|number)", "phone"),
    (r"\b(app|site|website|platform|portal|plattform|advert|ad site|where advertised|gwefan|app ?/ ?site)\b",
    "platform"),
    (r"(e-?mail|@|mail-?adresse|correo|ebost|courriel)\b(?!.*(phone|tel))", "e_mail"),
    (r"user ?name|profile|handle|screen ?name|snap|insta|social|online (name|id)|benutzername|profil|usuario|"
        r"utilizador|enw defnyddiwr|pseudo|nick$", "handle"),
    (r"phone|\btel\b|telefon|tel\.|mob(ile)?\b|handy|telemovel|telefono|ffon|whats ?app|\bcell\b|contact (no|"
        r"num)\w*|other contact|numbers? (used|he|they)|rufnummer|telephone|nr\.? tel|numero", "phone"),
    (r"\bcontact\b|contact details?|kontakt|cyswllt|contacto|contato|contatto", "contact"),
    (r"(where|area|place|location|scene|address|town|city|\bort\b|tatort|lieu|lugar|miejsce|\bloc\b|lleoliad|ardal|"
        r"patch|beat\b|district|venue|premises|\blocal\b|zona|bezirk|stadt|ville|cidade|ciudad|miasto|locul|"
        r"locatie|lle\b|ble\b|street|wo\b|ou\b|onde|donde|gdzie|unde|indoor|region|postcode)", "place"),
    (r"^(name|namen?|nom|nome|nombre|imie|nume|enw|alias|nick|aliases|first name|name ?/ ?alias|"
        r"alias ?/ ?name)\b[^a-z]*$", "name"),
)  # fmt: skip

PERSON_FACETS: Final[tuple[tuple[str, str], ...]] = (
    (r"\bage\b|\balter\b|\bidade\b|\bedad\b|\bage\b|\bwiek\b|\boed\b|\bvarsta\b|\beta\b|\bleeftijd\b|yrs old|how old",
    "age"),
    (r"\brace\b|ethnic|ethnie|etnia|skin|colou?r of skin|heritage|nationalit|\bic\b|\bic ?code|hautfarbe|herkunft|"
        r"ethni|cefndir|pochodzenie|etnic|origine?\b|raca\b|raza\b", "ethnicity"),
    (r"\bheight\b|\bht\b|\bhgt\b|grosse|groesse|\balt(ura|o)\b|taille|estatura|wzrost|taldra|inaltime|\bhow tall|"
        r"statura", "height"),
    (r"\bbuild\b|\bbld\b|statur\b|figur|stature|corpulen|constitu|complei|budowa|corff|physique|body|frame|size|"
        r"conformatie|bauart", "build"),
    (r"\bhair\b|haare?\b|cabelo|pelo\b|cheveux|wlosy|gwallt|\bpar(ul)?\b|facial|beard|face\b|bart\b|haircut|capelli",
    "hair"),
    (r"\beyes?\b|augen|olhos|ojos|yeux|oczy|llygaid|ochi\b", "eyes"),
    (r"\bvoice|accent|speech|language|\blang\b|sprache|akzent|sotaque|acento|jezyk|akcent|acen|iaith|spoke|stimme|"
        r"voix|dialekt", "accent"),
    (r"tattoo|\btatt?s?\b|marks?\b|distinguish|scars?\b|other (desc|feat|detail|info)|features?\b|merkmale|narben|"
        r"tatuag|cicatri|tatouage|tatuaz|znaki|creithiau|smell|glasses|jewel|besondere|particular|distinctive|"
        r"semne|anything else|other\s*$", "marks"),
    (r"cloth|wearing|dress|outfit|kleidung|roupa|ropa|vetements|ubranie|ubior|dillad|haine", "clothing"),
    (r"\bsex\b|gender|geschlecht|sexo|sexe|plec\b|rhyw\b", "sex"),
)  # fmt: skip

EXACT: Final = {
    **dict.fromkeys(("ref", "no", "no.", "nr", "nr.", "id", "log", "log no", "log no.", "ref no", "#", "entry",
    "entry no",
                     "ref.", "number", "rif", "cyf", "cyfeirnod", "lfd", "lfd nr", "lfd. nr.", "lfd.nr.", "case",
                     "case no",
                     "report no", "report id", "incident no", "incident ref", "incident id", "um no", "mug no",
                     "sheet no",
                     "fall", "fall-nr", "fallnummer", "aktenzeichen", "az", "n.", "n°", "nº", "ref #", "report ref",
                     "our ref", "unique id", "reference", "numer", "lp", "lp.", "nr crt", "nr. crt.", "serial",
                     "vorgang"),
                    Heading("ref")),
    **dict.fromkeys(("date", "datum", "data", "fecha", "dyddiad", "day", "tag", "dates"), Heading("date", sure=False)),
    **dict.fromkeys(("age", "alter", "wiek", "oed", "edad", "idade"), Heading("age", sure=False)),
    **dict.fromkeys(("sex", "gender"), Heading("sex", sure=False)),
    **dict.fromkeys(("client", "customer", "who", "wer"), Heading("name", sure=False)),
    **dict.fromkeys(("male", "him", "the man", "offender", "perp", "suspect", "punter", "perpetrator", "person"),
                    Heading("description")),
    **dict.fromkeys(("phone/email/username", "phone / email / username"), Heading("identifiers")),
    **dict.fromkeys(("tel", "phone", "mobile", "number(s)", "tel no", "phone no", "mob", "telephone", "tel.", "telefon",
                     "handy", "phone number", "telefono", "ffon", "email", "e-mail", "whatsapp"), Heading("phone",
                     sure=False)),
    **dict.fromkeys(("keep", "log?", "record?", "keep?", "store?", "on file?"), Heading("consent_record")),
    **dict.fromkeys(("um", "mug", "what they did", "what he did", "report", "the report", "incident report"),
    Heading("what_happened")),
}  # fmt: skip
