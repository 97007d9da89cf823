"""Patterns of what is private in a text, and common words that are no names."""

import re
from typing import Final

from node.core.sheets import date_words
from node.core.sheets.words import word_set

STREET: Final = (
    r"(?:st|street|rd|road|ln|lane|ave|avenue|terr?|terrace|cl|close|ct|crt|court|cres|crescent|dr|drive|gdns|"
    r"gardens|grove|grn|green|place|pl|row|way|vale|"
    r"fold|mount|hill|park|pk|walk|yard|view|rise|square|sq|wharf|quay|mews|gate|bank|parade|lofts?|mill|arc|"
    r"arcade|croft|bridge|end|stra(?:ss|ß)e|str\.?|weg|platz|rua|strada|ulica|ul\.|calle|rue|stryd|heol|ffordd|"
    r"parc)"
)

ADDRESS: Final = re.compile(
    rf"\b(?:(?:apt|flat|rm|room|no\.?|unit|block|floor|suite|zimmer|"
    rf"apto)\.? ?)?\d{{1,4}}[a-z]? (?:the )?(?:[A-Z][\w'’-]+ ){{1,3}}{STREET}\b(?: {STREET}\b)?|"
    rf"\b(?:[A-Z][\w'’-]+ ){{1,2}}(?:Rd|Road|St|Street|Lane|Ln|Ave|Avenue|Terr|Terrace|Grove|Close|Gdns|"
    rf"Gardens|Crt|Court|Cres|Crescent|Drive|Pk|Wharf|Quay|Vale|Fold|Hill|Mount|Mill|Arcade|Square|Walk|Row|"
    rf"Way)\b(?: [a-z]+ ?end| car park| end)?|\b\d{{1,4}}[a-z]? (?:the )?(?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+)*",
    re.S,
)

POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.I)

ROOM: Final = re.compile(
    r"\b(?:rm|room|flat|apt|apartment|unit|zimmer|suite|cell|no\.)\.? ?\d+[a-z]?\b|\btop floor\b|\bbasement\b|"
    r"\bground floor\b",
    re.I,
)

PREMISES: Final = re.compile(
    r"\b(?:the |The )?(?:[A-Z][\w'’&-]+ ){1,4}(?:hotel|Hotel|Lodge|lodge|Inn|inn|House|house|hostel|Hostel|Spa|spa|"
    r"Sauna|sauna|Massage|massage|Parlour|parlour|Therapy|therapy|Academy|academy|School|school|College|"
    r"college|"
    r"Primary|primary|Nursery|nursery|University|university|Hospital|hospital|Clinic|clinic|Church|church|Centre|"
    r"centre|hall|Hall|flats|Flats|Lofts|lofts|Relax|gym|Gym|Club|club|Bar|bar|Pub|pub|Arms|Cafe|Café|cafe|"
    r"café|shop|Shop|Tower|tower|Towers|Apartments|apartments|Attic|Door|Farm|farm|convent|Convent|Estate|"
    r"estate|Mill|mill|Pension|Laufhaus|Studio|studio)\b"
)

URL: Final = re.compile(r"\bhttps?://\S+|\bwww\.\S+", re.I)

E_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

HANDLE: Final = re.compile(
    r"(?<![\w.])@[\w.\-]{3,}|\b\w+[-_.]\w*zz\w*\b|\b[a-zA-Z]\w*[_]\w+\b|\b(?:LINE|wechat|WeChat|insta|"
    r"snap)\W{1,3}\w[\w.\-]{3,}"
)

PHONE: Final = re.compile(r"(?:\+|00)?[\dO](?:[ \-.()/]{0,2}[\dO]){6,14}")

REFERENCE: Final = re.compile(
    r"\b(?:[A-Z]{1,4}[-/ ]?)?\d{3,}(?:[-/][\dA-Z]+)+\b|\b[A-Z]{1,3}-\d{3,}\b|\b\d{3,}-[A-Z]{1,3}\b|\b\d{8,}\b|"
    r"\b(?:log|ref|crime no|CAD|URN)\.? ?\d+(?:-\d+)?\b"
)

QUOTED: Final = re.compile(r"[“\"‘]([A-Z][^“”\"‘’]{2,30})[”\"’]")

NAME: Final = re.compile(
    r"(?<![\w@/.-])(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sister|Auntie|Aunt|Uncle|PC|Sgt|"
    r"DC)\.? )?[A-ZÀ-ÞĂÂÎȘŞȚŢŁŚŻŹĆČĎŘŠŽÜÖÄ][a-zà-ÿăâîșşțţłśżźćčďěřšůž'’]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)*(?:(?: (?:de|"
    r"da|van|von|al|O'))? [A-ZÀ-ÞȘŞȚŢŁŚŻŹ][a-zà-ÿăâîșşțţłśżźćč'’-]+)*(?: [A-Z]\.?(?![\w]))?|\b[A-Z]{3,}\b"
)

THAI_NAMES: Final = tuple(re.compile(rf"(?:พี่|น้อง|คุณ|ป้า|ลุง)[\u0e00-\u0e7f]{{{size}}}") for size in (2, 3, 4, 5))

THAI_STATUS: Final = re.compile(r"(?:ไม่มี)?วีซ่า")

_RELATIVES: Final = (
    r"mum|mam|mother|dad|father|sister|brother|nan|gran|great gran|granny|husband|wife|boyfriend|"
    r"girlfriend|bf|gf|partner|son|daughter|kids?|children|baby|cousin|aunt(?:ie)?|uncle|landlord|landlady|"
    r"flatmate|housemate|friend|mate|ex|family|foster carer|neighbour|boss|parents|mama mea|mutter|schwester|mae|"
    r"irmao|irma|social worker|key ?worker|prob(?:ation)? officer|support worker|fella|bloke at home|nephew|niece"
)

ABOUT_HER: Final = re.compile(
    rf"\b(?:her|his|my|their|our|hers|she|he) (?:\w+ ){{0,2}}?(?:{_RELATIVES})\b[^.;,\n]{{0,50}}|"
    rf"\b(?:{_RELATIVES}) (?:=|is|was|lives|doesn'?t|doesnt|has|have|in|at|rang|works|called|named?|"
    rf"must)\b[^.;\n]{{0,50}}|\b(?:{_RELATIVES}) (?:[A-Z][\w'-]+)(?: (?:and|&|,) [A-Z][\w'-]+)*",
    re.I,
)

HEALTH: Final = re.compile(
    r"[^.;,\n]{0,40}\b(?:PEP|PrEP|HIV\+?|hep ?c|methadone|script|scripted|stitches|A&E|pregnan\w*|miscarr\w*|"
    r"overdos\w*|rehab|recovery|clean\b|detox|sectioned|suicid\w*|self[- ]harm\w*|depress\w*|antibiotics|"
    r"morning after|STI|chlamydia|"
    r"broken|broke her \w+|broke his \w+|fractur\w*|dislocat\w*|bruis\w*|concuss\w*|lost (?:her )?voice|"
    r"burnt? (?:her|his) \w+|grazed|bad (?:shoulder|back|knee)|wheelchair user|deaf|epilep\w*|diabet\w*|asthma|"
    r"learning dis\w*|autis\w*|cut her \w+|cut his \w+|wrist|jaw|ribs|surgery|operation|smear|drug user|"
    r"using (?:again|heroin|crack)|dente quebrado|schwanger\w*|krankenhaus|dentist)\b[^.;,\n]{0,40}",
    re.I,
)

STATUS: Final = re.compile(
    r"[^.;,\n]{0,30}\b(?:no papers|overstay\w*|visa|asylum|immigration|NRM|undocumented|illegal(?:ly)?|on licence|"
    r"on tag|on probation|prison|custody|student|studying|uni|teaches|teacher|nurse by day|day job|works (?:at|"
    r"in|for|as)|law student|supply|degree|yr (?:law|engineering|medicine)|trans\b|TS\b|transgender|"
    r"transsexual|only (?:trans|male|black|thai) \w+|red hair|tattoo of hers|the little dog|her dog|"
    r"moved (?:to|from|in with)|staying (?:at|with|in)|lives (?:in|at|with|w/)|living (?:in|with)|caravan|"
    r"sleeping at|hostel|in the WhatsApp group|comes to|sees us|in office|drop[- ]?in|via|call centre|call box|"
    r"c/o|real name|old name|working name|touring|back in|identifiable|everyone knows|only \w+ who|"
    r"married name|used to be|ไม่มีวีซ่า|aufenthalt\w*|ohne papiere|sans[- ]papiers|sem documentos|"
    r"fara acte)\b[^.;,\n]{0,60}",
    re.I,
)

COMMON: Final = word_set(
    "the a an and or but not no yes do does did done dont don't has have had is was were are be been he she they "
    "him her his their we our us it its i im i'm me my you your "
    "said says told asked told rang ring rings call called text texted texts only also still now then when where "
    "who why how what which with without from for to in on at by of off up out over after before about "
    "as if so too very just all any some one two three four five six seven eight nine ten more most less than that "
    "this these those there here other another same again maybe might may can could would should will "
    "man men woman women male female lad lads lady ladies girl girls boy boys bloke guy guys punter client regular "
    "driver passenger police officer car van taxi lorry phone number email text name street road hotel flat "
    "house home parlour room door works work worked working son daughter mum dad gran sister brother friend mate "
    "boss landlord kids children staying stayed missed lives living moved needs wants wanted doesnt doesn't "
    "won't wont "
    "didn't didnt couldn't can't cant never always sometimes alert alerts sent log ref report reported reports "
    "told group art weds wednesday thursday friday saturday sunday monday tuesday thurs tues mon sat sun fri "
    "jan feb mar apr may "
    "jun jul aug sep sept oct nov dec january february march april june july august september october november "
    "december leeds uk british english irish scottish welsh romanian polish slovak thai chinese asian black "
    "white brown blue red "
    "green grey silver gold snapchat snap telegram whatsapp instagram facebook google excel vauxhall ford bmw audi "
    "pep prep hiv sarc nrm swlo iopc cctv isva idva marac moj cps adhd thanks thank please note notes nb safe "
    "contact contacts police "
    "came come comes went go goes going gone got get gets gave give given took take takes taken left leave right "
    "back down away tried try start started stop stopped picked pick drove drive drove drugs drunk cash money "
    "paid pay payment booked "
    "booking bookings website site advert ad app profile photo photos pic video clip held hold hit punched kicked "
    "pushed grabbed dragged locked raped robbed stole followed threatened knife hammer gun young old tall "
    "short slim stocky big fat thin "
    "skinny bald hair beard eyes accent tattoo scar glasses ring chain watch shirt top jacket hoodie jeans "
    "trainers cap hat coat local foreign mixed race approx around nearly early late mid own outcall incall "
    "street indoor online visit "
    "web form own group shared share sharing consent withdrawn total totals none unknown asap ok okay mum's he's "
    "she's they're it's that's don’t he’d he’ll hed shes hes thats ive i've id i'd ill i'll trans worker lad's "
    "her's disclosed referral "
    "safeguarding social care council city town centre park area district north south east west end lane corner "
    "behind near next trying thinks thought think knows known know seen see saw look looks looked sounds "
    "sounded probably possibly could "
    "interpreter google translate manager mgr staff team van outreach service services project projects support "
    "housing health worker's reporter victim person people everyone nobody someone something anything nothing "
    "everything else well good bad "
    "night day morning evening afternoon week month year today yesterday tomorrow weekend absolutely definitely "
    "says married name real age check key takedown told offered advocate helpline given posting"
)

MONTHS: Final = frozenset((*date_words.MONTHS, *date_words.WEEKDAYS))

TELLING: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:above|behind|next to|opposite|outside) the [a-z]+(?: [a-z]+){0,3}",
        r"\b(?:the )?\w+ \w+ (?:above|behind|next to|opposite|outside) the [a-z]+\b",
        r"\bthe other (?:two|three|four|\d) \w+",
        r"\b\w+ owner\b",
        r"\b[A-ZÀ-Þ][\w'’-]+ from [A-Z]\w+",
        r"\b18 (?:in|next|on) \w+",
        r"\b(?:mama|tata|sora|fratele|sotul|mae|pai|irma|irmao|meine? \w+|mutter|mam|tad|chwaer) (?:mea|meu|mei|"
        r"minha|fi|meine)\b",
        r"\b[A-ZÀ-Þ][a-zà-ÿ]+ [A-Z]\.",
    )
)

BUILT: Final = re.compile(
    rf"\b(?:{STREET}|hotel|lodge|inn|house|hostel|spa|massage|parlour|therapy|academy|school|college|primary|"
    rf"nursery|university|hospital|church|centre|hall|flats|gym|club|bar|pub|arms|caf[eé]|shop|farm|cross|"
    rf"moor)\b",
    re.I,
)
