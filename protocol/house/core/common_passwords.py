"""Words that passwords are made of first: what attackers try before anything else. Folded to small letters."""

from typing import Final

_WORDS: Final = """
    password passwort passphrase pass word secret letmein welcome login admin administrator root user guest test
    master dragon monkey shadow sunshine princess football baseball basketball liverpool arsenal chelsea everton
    manchester leeds bradford london england britain scotland wales yorkshire merseyside summer winter spring
    autumn january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday iloveyou loveyou lovely love angel baby babygirl flower freedom
    whatever trustno superman batman spiderman pokemon starwars matrix michael jordan jessica charlie thomas
    daniel robert george andrew joshua matthew hannah ashley amanda jennifer michelle nicole taylor samantha
    ginger pepper cookie chocolate cheese banana orange purple yellow silver golden diamond tigger tiger killer
    hunter soccer hockey harley mustang ferrari porsche mercedes corvette computer internet google facebook
    instagram samsung iphone android microsoft windows changeme change default temp temporary hello goodbye qwerty
    azerty zxcvbn qazwsx asdf qwert abcd access server system office network database watchword uglymugs mugs
    outreach caseworker coordinator support charity project harbour genesis
"""

COMMON: Final = frozenset(_WORDS.split())
