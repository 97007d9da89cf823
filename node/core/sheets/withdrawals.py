"""What the rest of a row says about permission: taken back, nothing kept, *no police*, *do not share*."""

import datetime
import re
from typing import Final

import msgspec

from node.core.sheets.date_values import Context
from node.core.sheets.dates import read_when
from node.core.sheets.words import fold

_WITHDRAWN: Final = re.compile(
    r"\b(?:doesn'?t|does not|dont|don'?t|no longer|didn'?t|did not|not) wants? (?:it |this |that |her report |"
    r"his report |their report |anything |the report |any of (?:it|this) )?(?:to be |to go )?(?:shar(?:ed?|"
    r"ing)|passed|circulated|out(?: there)?|going out|used|kept|on (?:the )?(?:system|file))|"
    r"\bno longer (?:wants?|consents?|agrees?|happy|ok)\b|\bwithdr(?:awn|ew|aws?|awing|awal)\b|\bchanged (?:her |"
    r"his |their |my )?mind|\bpulled (?:her |his |their )?consent|\brevoked?\b|\brescind\w*|\bstop sharing\b|"
    r"\btook (?:her |his )?consent back|\btear (?:it )?up|"
    r"\btake (?:it|this|the alert|alert|her report|that|warning|the warning) down|\btake down (?:the |this |"
    r"her )?(?:alert|warning|report|post)|\basked (?:us )?(?:to|for it to be|for this to be|"
    r"for her report to be) (?:removed?|delete[d]?|take[n]? (?:it |this )?(?:down|off)|stop)|\bwants? (?:it |"
    r"this |everything |all )?(?:removed|deleted|gone|taken (?:down|off)|off the system)|"
    r"\bwants? nothing kept|\bconsent (?:has been |was |is )?(?:withdrawn|removed|cancelled|gone|revoked)|"
    r"zuruckgezogen|\bwiderruf\w*|nicht mehr (?:teilen|weitergeben|einverstanden)|retir(?:ou|"
    r"ado) o? ?(?:consentimento|autorizacao)|nao quer mais|nu mai vrea|\bwycof\w+|ya no quiere|ne veut plus|"
    r"retire son|tynnu.{0,12}(?:yn ol|caniatad)|ddim eisiau .{0,14}mwyach|trekt .{0,12}in\b|non vuole piu"
)

_ERASE: Final = re.compile(
    r"\btear (?:it |this )?up\b|\bshred\b|\b(?:wants?|asked|asks|says?|said|please|pls)\b[^.]{0,30}\b(?:delet\w+|"
    r"eras\w+|destroy\w*|wiped?)\b(?!.{0,14}(?:video|clip|photo|pic|number|app|message))|\bnothing kept\b|"
    r"\bdelete everything|\bdestroy (?:it|record|everything|this)|\bremove (?:her|him|them) from (?:the|"
    r"our)? ?(?:system|records|list)|\balles loschen|\bdatensatz loschen|\bapagar tudo|\bsterge\w* tot|"
    r"\busunac wszystko|\bdileu popeth|\bkeep nothing|\bdon'?t keep (?:anything|it|this|a record)|"
    r"\beverything (?:deleted|erased|gone)"
)

_UPGRADE: Final = re.compile(
    r"\b(?:now|is|she's|he's) (?:ok|happy|fine|willing|wants to share|agrees|says yes|keen)|\bnow yes\b|"
    r"\bsays yes\b|\bok now\b|\bwants to (?:report|go ahead)"
)

_ONLY_POLICE: Final = re.compile(r"\bpolice|statement|report(?:ing)? (?:it|to)|prosecut|court")

_ALL_OF_IT: Final = re.compile(
    r"\bshar\w*|alert|anything|everything|nothing|any ?more|all of it|take|tear|delet|shred|consent|circulat|"
    r"down\b|\bjust \d|\bonly \d"
)

_NO_POLICE: Final = re.compile(
    r"\b(?:absolutely|definitely|strictly|def|please|-) ?no police\b|\bno police (?:contact|at all|whatsoever|"
    r"please|ever|involvement wanted|under)|\b(?:doesn'?t|does not|won'?t|will not|didn'?t) (?:want|speak to|"
    r"talk to|trust|go to)(?: \w+){0,2} (?:the )?police|\b(?:do not|don'?t|never|not to) (?:tell|contact|"
    r"involve|go to|pass (?:it |this )?(?:on )?to|report to|"
    r"share with)(?: \w+){0,1} (?:the )?police\b(?! (?:her|his|their|my) (?:name|details))|(?:^|"
    r"[.!]) ?no police[.! ]*$|\bkeine polizei\b|\bsem policia\b|\bfara politie\b|\bdim heddlu\b|"
    r"\bsin policia\b|\bpas de police\b|\bbez policji\b"
)

_DO_NOT_SHARE: Final = re.compile(
    r"\b(?:do not|don'?t|dont|not to be|must not be|never) (?:share[d]?|circulate[d]?|alert|send (?:this |it )?out|"
    r"pass(?:ed)? (?:it |this )?on|put (?:this |it )?out|publish(?:ed)?|release[d]?)\b(?! (?:her |his |the |"
    r"my |their )?(?:real |full )?(?:names?|address|parlour|place|number|venue|location|flat|details|surname|"
    r"photo|shop|street))|\bnot circulated\b|\bnicht weitergeben\b|\bhold off (?:on )?(?:sharing|alert)|"
    r"\bdo not pass to\b|\bnot for (?:sharing|circulation|alert)"
)


class Overrides(msgspec.Struct, frozen=True):
    """What the rest of a row says about permission."""

    withdrawn: bool = False
    withdrawn_police: bool = False
    withdrawn_on: datetime.date | None = None
    erase: bool = False
    no_police: bool = False
    do_not_share: bool = False


def read_overrides(texts: tuple[str, ...], context: Context) -> Overrides:
    """A withdrawal, a wish to have nothing kept, *no police*, *do not share*, in any of the texts."""
    withdrawn = police = erase = no_police = do_not_share = False
    on = None
    for text in texts:
        plain = fold(text)
        no_police = no_police or bool(_NO_POLICE.search(plain))
        do_not_share = do_not_share or bool(_DO_NOT_SHARE.search(plain))
        erased = bool(_ERASE.search(plain))
        found = _WITHDRAWN.search(plain)
        if not found and not erased:
            continue
        start = found.start() if found else 0
        clause = plain[max(0, start - 20) : start + 90]
        if found and _ONLY_POLICE.search(clause) and not _ALL_OF_IT.search(clause) and not erased:
            police = True
        elif found and _UPGRADE.search(plain[start:]) and not erased:
            do_not_share = True
        else:
            withdrawn, erase = True, erase or erased
            on = on or _day_beside(plain, start, context)
    return Overrides(withdrawn, police, on, erase, no_police, do_not_share)


def _day_beside(plain: str, place: int, context: Context) -> datetime.date | None:
    """The day written with a withdrawal; it comes after the report, so its year is the report's."""
    year = context.taken.year if context.taken else context.year
    found = [m for m in re.finditer(r"\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b", plain) if m.start() <= place + 60]
    if not found or year is None:
        return None
    when = read_when(found[-1][0], Context(order=context.order, year=year))
    return when.min if when is not None else None
