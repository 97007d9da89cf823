"""Police-force areas of the United Kingdom as a charter's default regions: code, group, neighbours.

The event's force leads, so forces are the regions (DOMAIN §6, 8). A charter may list others.
"""

from typing import Final

from protocol.statement_fields import CharterRegion

_GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "north-east": ("cleveland", "durham", "northumbria"),
    "north-west": ("cheshire", "cumbria", "greater-manchester", "lancashire", "merseyside"),
    "yorkshire-humber": ("humberside", "north-yorkshire", "south-yorkshire", "west-yorkshire"),
    "east-midlands": ("derbyshire", "leicestershire", "lincolnshire", "northamptonshire", "nottinghamshire"),
    "west-midlands": ("staffordshire", "warwickshire", "west-mercia", "west-midlands"),
    "east": ("bedfordshire", "cambridgeshire", "essex", "hertfordshire", "norfolk", "suffolk"),
    "london": ("city-of-london", "metropolitan"),
    "south-east": ("hampshire", "kent", "surrey", "sussex", "thames-valley"),
    "south-west": ("avon-somerset", "devon-cornwall", "dorset", "gloucestershire", "wiltshire"),
    "wales": ("dyfed-powys", "gwent", "north-wales", "south-wales"),
    "scotland": ("scotland",),
    "northern-ireland": ("northern-ireland",),
}

_BORDERS: Final = """
avon-somerset devon-cornwall dorset gloucestershire wiltshire
bedfordshire cambridgeshire hertfordshire northamptonshire thames-valley
cambridgeshire essex hertfordshire lincolnshire norfolk northamptonshire suffolk
cheshire derbyshire greater-manchester merseyside north-wales staffordshire west-mercia
city-of-london metropolitan
cleveland durham north-yorkshire
cumbria durham lancashire north-yorkshire northumbria scotland
derbyshire greater-manchester leicestershire nottinghamshire south-yorkshire staffordshire west-yorkshire
devon-cornwall dorset
dorset hampshire wiltshire
durham north-yorkshire northumbria
dyfed-powys gwent north-wales south-wales west-mercia
essex hertfordshire kent metropolitan suffolk
gloucestershire gwent thames-valley warwickshire west-mercia wiltshire
greater-manchester lancashire merseyside west-yorkshire
gwent south-wales west-mercia
hampshire surrey sussex thames-valley wiltshire
hertfordshire metropolitan thames-valley
humberside lincolnshire north-yorkshire south-yorkshire
kent metropolitan surrey sussex
lancashire merseyside north-yorkshire west-yorkshire
leicestershire lincolnshire northamptonshire nottinghamshire warwickshire staffordshire
lincolnshire norfolk northamptonshire nottinghamshire south-yorkshire
metropolitan surrey thames-valley
norfolk suffolk
north-wales west-mercia
north-yorkshire south-yorkshire west-yorkshire
northamptonshire thames-valley warwickshire
northumbria scotland
nottinghamshire south-yorkshire
south-yorkshire west-yorkshire
staffordshire warwickshire west-mercia west-midlands
surrey sussex thames-valley
thames-valley warwickshire wiltshire
warwickshire west-mercia west-midlands
west-mercia west-midlands
"""
"""Each line: a force and those it borders that come after it in the alphabet; once for each pair."""


def default_regions() -> tuple[CharterRegion, ...]:
    """The 43 forces of England and Wales, Scotland and Northern Ireland, ascending by code."""
    neighbours: dict[str, set[str]] = {code: set() for codes in _GROUPS.values() for code in codes}
    for line in _BORDERS.strip().splitlines():
        code, *others = line.split()
        for other in others:
            neighbours[code].add(other)
            neighbours[other].add(code)
    groups = {code: group for group, codes in _GROUPS.items() for code in codes}
    return tuple(
        CharterRegion(code=code, group=groups[code], neighbours=tuple(sorted(neighbours[code])))
        for code in sorted(groups)
    )
