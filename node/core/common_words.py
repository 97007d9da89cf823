"""Words that tell nobody apart on their own. Inside a phrase that is private as a whole they still count, and in a
name each of them counts: May Day may be her name.
"""

from typing import Final

COMMON: Final = frozenset(
    """
    a about above across after again against ago all alone along already also always am among an and another any
    anyone anything are area around as ask asked asking asks at ate away back bad bar be became because become bed
    been before began behind being below best better between big bit black block blue body bottom box boy break
    bring broke brought brown building bus busy but buy by call called calls came can cannot car card care cash
    centre change check city clear clients client close closed club coat cold come comes coming contact could couple
    court cut dad dark date day days did different do does doing done door doors down drive drives drove drop
    dropped drug drugs each early east easy eight either eleven else end enough even evening ever every everyone
    everything eye eyes face far fast father feel felt few fight find fine first five flat floor foot for found four
    friday friend friends from front full gave get gets getting girl give given go goes going gone good got green
    grey had hair half hall hand hands hard has hat have he head hear heard help her here hers herself high hill him
    himself his hit hold home hostel hotel hour hours house how hurt i if in inside into is it its job just keep
    kept kind knew know knows lad lads lane large last late later least leave leaves left less let light like line
    little live lives living local long look looked looking lost lot low made main make man many market maybe me
    mean men met middle might mind mine minute minutes missed monday money month months more morning most mother mum
    much must my name named names near nearly need needs never new next nice night nine no nobody none nor north not
    note notes nothing now number numbers of off office often old on once one only open opposite or other others our
    out outside over own paid park parked part past pay people person phone phoned place plan please police pound
    pounds project pub pushed put quick quiet quite ran rang rather reach ready really red report reported rest
    right ring river road room round run safe said same sat saturday sauna saw say says school second see seen send
    sent seven several she shop short should show side since sister brother site six sleep small so some somebody
    someone something soon south spoke stand station stay stayed staying still stop stopped street such sunday sure
    support take taken takes talk tall team tell ten terrace text texted than that the their them then there these
    they thing things think third this those though thought three through thursday till time times to today together
    told tomorrow too took top towards town tree tried true try tuesday turn turned twelve twice two under until up
    upon us use used usual van very visit wait walk walked wall want wanted wants was way we wednesday week weekend
    weeks well went were west what when where which while white who whole whose why will with within without woman
    women work worked worker working works would yard year years yellow yes yesterday yet you young your avenue
    parlour son daughter cousin partner unit apartment crescent gardens grove mews estate village county uk england
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
