"""Names of months, days, seasons and feasts in the languages of the projects, folded (see `words.fold`)."""

import datetime
from typing import Final

from node.core.sheets.words import word_set

_MONTHS: Final = (
    "january jan ianuarie ian janeiro enero ene janvier janv gennaio januar janner januari styczen stycznia sty ionawr "
    "januar leden ledna sausio janar",
    "february feb februarie fevereiro fev febrero fevrier fevr febbraio februar februari luty lutego lut chwefror "
    "shkurt",
    "march mar mars martie marco marzo marz maerz mrz maart marzec marca mawrth",
    "april apr aprilie abril abr avril avr aprile kwiecien kwietnia kwi ebrill prill",
    "may mai maio mayo maggio mei maj maja",
    "june jun iunie iun junho junio juin giugno giu juni czerwiec czerwca cze mehefin qershor",
    "july jul iulie iul julho julio juillet juil luglio juli lipiec lipca lip gorffennaf korrik",
    "august aug agosto aout augustus sierpien sierpnia sie awst gusht",
    "september sep sept septembrie setembro septiembre septembre settembre wrzesien wrzesnia wrz medi shtator",
    "october oct octombrie outubro octubre octobre ottobre oktober okt pazdziernik pazdziernika paz hydref tetor",
    "november nov noiembrie novembro noviembre novembre listopad listopada tachwedd nentor",
    "december dec decembrie dezembro dez diciembre dic decembre dicembre dezember grudzien grudnia gru rhagfyr dhjetor",
)
MONTHS: Final = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}

_DAYS: Final = (
    "monday mon luni segunda segunda-feira lunes lundi lun lunedi montag maandag poniedzialek pon llun hetfo "
    "pondeli lun-nos",
    "tuesday tues tue marti terca terca-feira martes mardi martedi dienstag dinsdag wtorek wt mawrth fawrth kedd utery",
    "wednesday weds wed miercuri quarta quarta-feira miercoles mercredi mercoledi mittwoch woensdag sroda srode "
    "mercher fercher szerda",
    "thursday thurs thur thu joi quinta quinta-feira jueves jeudi giovedi donnerstag donderdag czwartek czw iau "
    "csutortok",
    "friday fri vineri sexta sexta-feira viernes vendredi venerdi freitag vrijdag piatek pt gwener wener pentek",
    "saturday sat sambata sabado samedi sabato samstag sonnabend zaterdag sobota sobote sob sadwrn szombat",
    "sunday sun duminica domingo dimanche domenica sonntag zondag niedziela niedziele sul vasarnap",
)
WEEKDAYS: Final = {
    word: number
    for number, words in enumerate(_DAYS)
    for word in words.split()
    if word not in ("mawrth", "set", "lun", "pt", "pon", "wt", "sul", "sob") or word in ("lun",)
}

SEASONS: Final = {
    **dict.fromkeys(
        word_set("spring primavara primavera printemps fruhling fruhjahr wiosna wiosne lente gwanwyn"), (3, 5)
    ),
    **dict.fromkeys(word_set("summer vara verao verano ete estate sommer lato latem zomer haf"), (6, 8)),
    **dict.fromkeys(word_set("autumn toamna outono otono automne autunno herbst jesien herfst hydref-tymor"), (9, 11)),
    **dict.fromkeys(word_set("winter iarna inverno invierno hiver zima zime gaeaf"), (12, 2)),
}
"""First and last month. Source: sheets/README.md (gold)."""

EARLY: Final = word_set("early beginning start inceput inicio comeco debut anfang poczatek poczatku dechrau begin")
MIDDLE: Final = word_set("mid middle mijloc meio mediados mi mitte polowa canol half halfway")
LATE: Final = word_set("late end sfarsit fim final finales fin ende koniec koncu diwedd eind")

NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "zwei": 2, "drei": 3, "vier": 4, "einem": 1, "einer": 1, "dos": 2,
    "tres": 3, "doi": 2, "doua": 2, "trei": 3, "duas": 2, "dois": 2, "deux": 2, "trois": 3, "dwa": 2, "trzy": 3,
    "dau": 2,
    "ddau": 2, "pythefnos": 2, "une": 1, "una": 1, "uma": 1, "un": 1, "fortnight": 2,
}  # fmt: skip


def easter(year: int) -> datetime.date:
    """Easter Sunday (Gregorian; the anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - ((b - (b + 8) // 25 + 1) // 3) + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - (c % 4)) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return datetime.date(year, f // 31, f % 31 + 1)


def bank_holiday_mondays(year: int) -> tuple[datetime.date, ...]:
    """The Mondays that are bank holidays in England and Wales: Easter, early and late May, late August."""
    may1 = datetime.date(year, 5, 1)
    may31, august31 = datetime.date(year, 5, 31), datetime.date(year, 8, 31)
    return (
        easter(year) + datetime.timedelta(days=1),
        may1 + datetime.timedelta(days=-may1.weekday() % 7),
        may31 - datetime.timedelta(days=may31.weekday()),
        august31 - datetime.timedelta(days=august31.weekday()),
    )


FEASTS: Final = {
    "new year's eve": (12, 31), "new years eve": (12, 31), "nye": (12, 31), "new year's day": (1, 1),
    "new years day": (1, 1),
    "valentine's": (2, 14), "valentines": (2, 14), "christmas eve": (12, 24), "xmas eve": (12, 24),
    "christmas day": (12, 25),
    "xmas day": (12, 25), "boxing day": (12, 26), "halloween": (10, 31), "bonfire night": (11, 5), "guy fawkes": (11,
    5),
    "st patrick's day": (3, 17), "st patricks day": (3, 17), "heiligabend": (12, 24), "silvester": (12, 31),
}  # fmt: skip
