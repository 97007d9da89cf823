"""Headings about permission. What was done, what must not be done and what is too wide are never taken for a switch.

A wrong heading is worse here than anywhere: a yes under it would be read as a yes to something that nobody asked.
"""

import re
from typing import Final

from node.core.sheets.heading_words import POLICE
from node.core.sheets.meanings import Heading

_ASKS: Final = re.compile(
    r"\b(?:ok|okay|consent\w*|permission|permit|agree\w*|allow\w*|may we|can we|can it|can this|happy|share|"
    r"sharing|pass on|tell|give|send|release|"
    r"weiter\w*|teilen|partag\w*|compart\w*|partilh\w*|udost\w*|rhannu|distrib\w*|impart\w*|caniatad|einwillig\w*|"
    r"zustimm\w*)\b"
)
_WARNS: Final = re.compile(
    r"\b(?:alert\w*|warn\w*|text|circulate|inform|rhybudd\w*|avis\w*|ostrze\w*|avert\w*|alarm\w*)\b"
)
_MAY: Final = re.compile(r"\b(?:ok|okay|consent\w*|permission|can|may|agree\w*|happy|want\w*|wish\w*|to be|willing)\b")
_DONE: Final = re.compile(
    r"\b(?:sent|circulated|shared|passed|alerted|informed|forwarded|submitted|uploaded|published|notified|texted|"
    r"warned|referred|given|told|said|"
    r"discussed|asked|offered|received|rec'?d|posted|printed|put on|read out|known to|came from|from (?:other|"
    r"another|num)|involved|aware|attended)\b"
)
_NEGATED: Final = re.compile(
    r"\b(?:not|don'?t|do not|never|no(?! names?\b| name\b|\.|$)|opt(?:ed)?[ -]?out|refus\w*|objects?|objections?|"
    r"withh\w+|withdr\w+|declined?|except|nicht|kein\w*|nao|sin(?! nombre)|bez(?! nazw))\b"
)
_ABOUT: Final = re.compile(
    rf"\b(?:shar\w+|alert\w*|warn\w*|text|circulat\w*|consent\w*|tell|pass|project\w*|scheme\w*|weiter\w*|{POLICE})"
)
_OTHER_PROJECTS: Final = re.compile(
    r"\bother (?:[\w']+ ){0,2}?(?:project|scheme|charit|town|cit(?:y|ies)|area|region|outreach|um\b|sw\b|sex work)|"
    r"\ball projects|\bpartner projects|"
    r"\bneighbouring projects|\bander\w+ projekt|\bandere projecten|\boutros proj|\botros proyect|"
    r"\bautres (?:projet|assoc)|\binn\w+ projekt|"
    r"\balte proiect|\baltri progett|\bph?rosiectau eraill|\bprojects (?:elsewhere|nationally)"
)
_NATIONAL: Final = re.compile(
    r"\b(?:num|ugly ?mugs|national\w*|nationwide|countrywide|bundesweit|cenedlaethol|nacional\w*|krajow\w*)\b"
)
_OWN: Final = re.compile(
    r"\b(?:our|own|local|locally|intern|internal|internally|interne|in-?house|ladies|girls|women|lads|members|"
    r"service users|sws?|unsere|eigene|nos|nossas|nuestras|"
    r"nasz\w*|lleol|noastre|lokal)\b"
)
_WIDE: Final = re.compile(
    r"\b(?:others?|partners?|agenc\w+|wider|anyone|everyone|external\w*|orgs?|organisations?|elsewhere|else)\b"
)
_RECORD: Final = re.compile(
    r"\b(?:keep|store|hold|record|save|retain|log|on file|speicher\w*|cadw|guardar|conserver|przechow\w*|pastra)\b"
)
_REF: Final = re.compile(
    r"\b(?:ref|refs|reference|log|crime|number|nos?\.?|nr|urn|cad|officer\w*|station|contact|az|zeichen|"
    r"report(?:ed)? ?\?|when|date|outcome)(?:\b|$)"
)
_ANON: Final = re.compile(
    r"anon|\bno names?\b|without|dienw|ohne namen|sans nom|sem nome|sin nombre|bez nazw|fara nume"
)
_FULL: Final = re.compile(
    r"\bfull\b|\bwith (?:\w+ )?names?\b|\bnames?\b|\bnamed\b|\ball details|\bdetails to\b|llawn|\benw\b|mit namen|"
    r"\bvoll|anzeige|avec nom|complet|plainte|com nome|"
    r"con nombre|\bnume\b|nazwisk|peln"
)
_BARE: Final = re.compile(
    rf"^(?:{POLICE}|num|national|nationwide|local|locally|own|lokal|lleol|"
    rf"other projects)\w*\s*(?:\(?y ?/ ?n\)?)?\s*\??$"
)
_NOT_A_SWITCH: Final = re.compile(
    r"\b(?:date|taken by|form|signed|when|who|witness\w*|datum|notes?|comments?|wording|explained|reviewed?)\b"
)
_CONSENT: Final = re.compile(
    r"\bconsent|\bpermission|caniatad|cydsyniad|einwillig|zustimm|freigabe|consentim|consentem|\bzgod|\bacord\b|"
    r"consimt|toestemming|consenso|hozzajarul|"
    r"souhlas|sutikim|\bshar(?:e|ing)\b.*(?:level|code|who|\?|y/n)|^(?:share|sharing|ok to share|can (?:we )?share|"
    r"circulate|weitergabe|partage|rhannu)\s*\??$|"
    r"\bok to (?:alert|warn|send)"
)


def read_permission(text: str) -> Heading | None:
    """What a folded heading asks of permission, `police_ref` or `outcome` where it only says what was done; None if it
    is about something else."""
    if (
        _CONSENT.search(text)
        and len(re.findall(r"= ?(?!yes|no\b|y\b|n\b|ja\b|nein|agreed|refused|she said)\w", text)) > 1
    ):
        return Heading("consent")
    if re.search(r"\b(?:notes?|comments?|info|confidential|private)\b", text) and _NEGATED.search(text):
        return None
    if len(text) < 70 and "=" not in text and _NEGATED.search(text) and _ABOUT.search(text):
        return Heading("consent_unclear")
    asks, warns = bool(_ASKS.search(text)), bool(_WARNS.search(text))
    police = bool(re.search(POLICE, text))
    if police and _REF.search(text) and not _ANON.search(text):
        return Heading("police_ref")
    if _DONE.search(text) and not _MAY.search(text):
        return (
            Heading("police_ref")
            if police
            else (Heading("outcome") if asks or warns or _about_projects(text) else None)
        )
    if _CONSENT.search(text) and _NOT_A_SWITCH.search(text):
        return Heading("notes")
    if police:
        return _police(text, asks=asks or warns)
    return _sharing(text, asks=asks, warns=warns)


def _about_projects(text: str) -> bool:
    return bool(_OTHER_PROJECTS.search(text) or _NATIONAL.search(text))


def _police(text: str, *, asks: bool) -> Heading:
    if _BARE.match(text):
        return Heading("consent_police", sure=False)
    if _ANON.search(text):
        return Heading("consent_police_anonymous")
    if re.search(r"\bintel\b", text):
        return Heading("consent_police_anonymous", sure=asks)
    if _FULL.search(text):
        return Heading("consent_police_full")
    return Heading("consent_police") if asks else Heading("police_ref")


def _sharing(text: str, *, asks: bool, warns: bool) -> Heading | None:
    if _BARE.match(text):
        own = re.match(r"(?:local|own|lokal|lleol)", text)
        return Heading("consent_local" if own else "consent_national", sure=False)
    if (asks or warns) and (_OTHER_PROJECTS.search(text) or _NATIONAL.search(text)):
        return Heading("consent_national")
    if (asks or warns) and _WIDE.search(text):
        return Heading("consent_unclear")
    if (
        warns or (asks and re.search(r"\b(?:ok|consent\w*|share|sharing|send|tell|permission)\b", text))
    ) and _OWN.search(text):
        return Heading("consent_local")
    if _RECORD.search(text) and (
        re.search(r"\b(?:ok|okay|consent\w*|permission|agree\w*|can we|may we)\b", text)
        or re.match(r"(?:keep|store|hold|retain)\b.*\?$", text)
    ):
        return Heading("consent_record")
    return Heading("consent") if _CONSENT.search(text) else None
