"""The languages of warnings: one gettext catalogue each, under `locale/<language>/LC_MESSAGES/watchword.po`.

Another language is another file there: copy one, set its `Language` and `Plural-Forms`, and translate; it is offered
from the next start. `make words` brings all files up to date when English changes. A file whose first entry is marked
`#, fuzzy` has not been reviewed by a speaker, and every screen and print that shows it says so; the speaker who has
read all of it takes that mark away. Places in braces stay as they are, and may stand in another order.
"""
