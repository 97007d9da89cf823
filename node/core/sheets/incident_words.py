"""The words by which kinds of incident, weapons, methods and means of contact are known, in many languages.

Patterns are searched in folded text (see `words.fold`).
"""

import re
from typing import Final


def _compile(table: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(rf"(?:{words})")) for code, words in table)


TYPES: Final = _compile(
    (
        ("rape", r"\brap(?:ed?|ing)\b|\bvergewaltig|\bestupr|\bviol(?:ou|ada|ee?|o)\b|\bviolat\b|\bzgwalc|\btreisi|"
            r"\bwiola\b|forced sex|sex against her will"),
        ("sexual_assault", r"sexual(?:ly)? assault|assaulted (?:her )?sexually|\bgrop(?:ed?|ing)\b|\bfingered|"
            r"hand (?:up|down|inside) (?:her|his) (?:skirt|top|trousers|pants|knickers|dress|jeans|leggings)|"
            r"touched (?:her|his) (?:chest|breasts?|bum|arse|boobs|privates|legs?)|"
         r"grabbed (?:her )?(?:breasts?|boobs|bum|arse|crotch|between)|wouldn'?t stop when (?:asked|told|she|he)|"
             r"carried on (?:when|after|even)|did more than|til(?:l)? she did more|made (?:her|him) (?:do|touch|"
             r"suck)|forced (?:oral|anal|sex\b|kissing)|forced (?:her|him) to (?:do|touch|perform|give|suck)|"
         r"someone had been at (?:him|her)|been at (?:him|her)\b|\bsore\b(?! (?:throat|head|loser))|"
             r"without (?:her |his )?consent|didn'?t want to but|felt (?:he|she) had to|for sex\b.{0,40}(?:have to|"
             r"or he)|sexuell (?:belastig|genotig)|agress\w+ sexual|abus\w+ sexual|ymosod\w* rhywiol|"
             r"grabbed her\b.{0,30}(?:sort|chest|skirt)|showed her porn|kissed (?:her|him) (?:when|against)|"
             r"forced (?:himself|kiss)|anal without|pinned (?:her|him) down and"),
        ("condom_removal", r"condom (?:off|broke on purpose)|took (?:the |his |it |a )?condom|(?:removed|removing|"
            r"slipped|pulled|ripped|whipped|taken|taking) (?:\w+ ){0,2}(?:the |his )?condom|stealth(?:ed|ing)|"
            r"takes? (?:the )?(?:condom|rubber|johnny) off|condom (?:was )?(?:removed|gone|slipped)|(?:rubber|"
            r"johnny) off|kondom (?:ab|entfern|run|weg)|(?:tirou|retirou|sacou) (?:a |o )?(?:camisinha|"
            r"preservativo)|se quito el (?:condon|preservativo)|scos prezervativ|zdjal (?:prezerwatyw|gumk)|"
            r"enleve (?:le |la )?(?:preservatif|capote)|tynnu'?r? condom|tynnodd .{0,12}condom"),
        ("strangulation", r"\bstrangl\w+|\bchok(?:ed?|ing)\b|\bthrottl\w+|(?:by|round|around) the (?:throat|neck)|"
            r"(?:hands?|arm|"
            r"belt|scarf|grip|forearm) (?:\w+ )?(?:round|around|on|over|to|across) (?:her|his|my|the) (?:throat|"
            r"neck)|headlock|couldn'?t breathe|blacked out|squeez\w+ (?:her|his|my) (?:throat|neck)|gewurgt|"
            r"wurg(?:te|en)|am hals|pelo pescoco|enforc\w+|\bestrangul\w+|sugrum|\bde gat\b|dusi[lt]|etrangl\w+|"
            r"gerfydd ei gwddf|tagu\b|por el cuello"),
        ("physical_assault", r"\bhit (?!on\b|it|the road|list|him up)|\bpunch\w*|\bslap\w*|\bkick(?:ed|ing|"
            r"s)\b(?! (?:off|out\b|the door|in the door))|\bbeat(?:en|ing)?\b(?! around)|\bheadbutt\w*|"
            r"\bbit(?:ten)? (?:her|him|me)\b|\bblacked her eye|\bpush(?:ed|ing)?\b(?! (?:the door|a note|paint|"
            r"for))|\bshov(?:ed|ing)\b|\bdragg?(?:ed|ing)?\b|drag her|pull(?:ed)? (?:her|his|"
            r"my)? ?(?:\w+ )?(?:hair|arm)|by the (?:hair|hood|arm)|threw (?:her|him) (?:against|on|down|out|into|"
            r"across)|\bstamped|\bstabb?(?:ed)?\b|\bsmacked|\bbattered|\bassaulted\b(?! sexually)|twisted (?:his|"
            r"her|my) (?:arm|wrist)|belt marks|\bburnt? (?:her|his) (?:hand|arm|leg|face)|\bspat (?:at|on|in)|"
            r"\bspit (?:at|on)|broke (?:her|his) (?:\w+)|grazed|held (?:me |her |him )?(?:down|by)|\bcut (?:her|"
            r"his) \w+|m-a batut|\bbatut\b|\bagred\w+|\bbateu\b|\bsoco\b|\bempurr\w+|me segurou|\bgeschlagen|"
            r"\bschlug\b|\bgetreten|\bgestossen|\bohrfeig|\bpobi[lt]|\buderzy|\bgolpe\w*|\bpego\b|\bfrapp\w+|"
            r"\bpalmuit|\blovit\b|\bdyrn\w*|\bcuro\b|chucked .{0,30}at (?!the girls|girls|cars)|"
            r"threw .{0,30} at (?:her|him) and|stitches|ripped (?:her|his) (?:hair|earring)|knocked (?:her|"
            r"him) (?:down|over|out)|restrained (?:her|him)|wrestled|roughed|rough with (?:her|him)|"
            r"tried to (?:drag|pull) (?:her|them)"),
        ("abduction_false_imprisonment", r"(?:wouldn'?t|would not|won'?t|refus\w+ to|didn'?t) let (?:her|him|them|"
            r"me) (?:out|go|leave)|\block(?:ed|s|ing)? (?:her|him|them|me|the doors?|doors?) ?(?:in\b)?(?! (?:up|"
            r"after))|central locking|\blocked in\b|\blocked (?:her|him|me|\w+) in|wouldn'?t (?:untie|unlock|open)|"
            r"tied (?:her|him|me) up|tie (?:her|him) up|drove (?:her )?(?:the )?(?:wrong way|"
            r"off with her(?! (?:purse|bag|phone|money|stuff|things))|away with|her (?:to|out))|driven to\b|"
            r"(?:went|going) (?:the )?wrong way|taken (?:up )?to (?:the )?moors|took her to (?:a |the )?(?:quarry|"
            r"woods|moors?|field|layby|industrial)|\bblock(?:ed|ing) the door|stood in front of the door|"
            r"held (?:against|captive|prisoner)|kept (?:her|his|him|me) (?:in|there|prisoner|keys|passport)|"
            r"kept her keys|tried to (?:drag|pull|get|bundle|grab) (?:her|him|them) in(?:to| a|to a)?\b|"
            r"drag(?:ged)? (?:her|him) (?:in|into|by her bag)|in (?:a|the) van\b.{0,20}pulled|bundled|kidnap|"
            r"abduct|false imprison|trapped (?:her|him)|eingesperrt|eingeschlossen|festgehalten|nicht gehen lassen|"
            r"trancou|nao (?:me |a )?deix(?:ou|ava) sair|m-au? (?:tinut|incuiat)|zamkn(?:al|ieta)|"
            r"nie (?:chcial )?wypusci|no (?:me |la )?dejo salir|encerr\w+|enfermee?|sequestr\w+|"
            r"cloi\b.{0,20}i mewn|gloi"),
        ("robbery", r"\brobb(?:ed|ery|ing)\b|\bmugg(?:ed|ing)\b|\bstole\b|\bstolen\b(?! plates)|\bnick(?:ed|"
            r"ing)\b(?! (?:her|him|by|me) (?:or|and|if|for))|\bsnatch\w*|took (?:all |her |his |my |the |off with |"
            r"out )?(?:\w+ )?(?:phones?|mobile|bag|purse|money|cash|wallet|trainers|coat|keys|handbag|takings|tips|"
            r"bank card|cards?|earrings|laptop|jewell\w+)\b(?!.{0,10}(?:back for|from the advert))|"
            r"took (?:her )?(?:phone|money|purse|£)|\+ took £|and took £|took £\d+(?! back)|(?:phone|money|card|"
            r"bag|purse|wallet|laptop)s? (?:was |were )?gone\b|kept (?:her|his) (?:bag|phone|purse|money|handbag|"
            r"wallet)|gone from (?:his|her|the) account|transferr\w+ £\d+ to himself|sent himself £|"
            r"transfer to himself|£\d+ gone|drove off with her (?:purse|bag|phone|money)|ran off with|"
            r"made off with|emptied her|(?:used|card used) (?:her card )?at .{0,14}cash ?points?|took all phones|"
            r"tips tin|grabbed (?:her |the |his )?(?:bag|purse|phone|money|cash|handbag)|demanded (?:her |the |"
            r"all )?(?:money|cash|phone)|ausgeraubt|geraubt|gestohlen|geklaut|roub(?:ou|ada)|assalt\w+|"
            r"levou (?:meu|o|a|minha) (?:celular|telefone|dinheiro|bolsa)|mi-?a? ?(?:luat|furat)|a furat|okrad\w*|"
            r"ukrad\w*|zabral .{0,12}(?:telefon|pieniadze)|rob(?:o|aron|ado)\b|\bvole\b|dwyn\b|wedi dwyn|dygodd|"
            r"phone borrowed, £|borrowed phone|can i borrow your phone"),
        ("payment_refused_or_reversed", r"(?:wasn'?t|isn'?t|not|wouldn'?t|won'?t|refus\w+ to|didn'?t|never|without|"
            r"left without|did not|would not|im not|i'm not) pay(?:ing)?\b|no pay(?:ment)?\b|non[- ]?payment|"
            r"fake (?:£?\d+s?|notes?|money|scottish|twenties|cash|bank|transfer|payment|screenshot|app)|"
            r"counterfeit|all fake|forged|screenshot was fake|pending\W|not a real app|payment (?:never|bounced|"
            r"reversed|cancelled|recalled|failed|sent)|bank transfer|charge ?back|"
            r"reversed (?:the )?(?:\w+ )?(?:payment|transfer)|cancelled (?:the )?(?:payment|transfer)|(?:grabbed|"
            r"took|snatched|wanted|demanded) (?:the |his |her )?(?:£\d+ |money |cash |it )?(?:all )?back\b|"
            r"took (?:his |the )?money back|took (?:£\d+ )?back|knocked (?:the )?price|ripped off|pay (?:after|"
            r"later|next)[^.]{0,20}(?:wouldn'?t|didn'?t|never|refus)|did a runner|runner without|legged it without|"
            r"short-?changed|underpaid|ran off without|nicht (?:be)?zahl|ohne zu (?:be)?zahlen|falschgeld|"
            r"falsche scheine|nao (?:quis )?pag\w*|sem pagar|nu (?:a )?(?:platit|vrut sa plateasca)|nie zaplaci|"
            r"no (?:quiso )?pag\w+|sin pagar|sans payer|pas paye|heb dalu|gwrthod\w* (?:i )?(?:talu|dalu)|"
            r"wanted it free\b.{0,3}$|said (?:her|your) sort don'?t pay"),
        ("threats_weapon", r"\bknife(?:point)?\b|\bkniv|\bblade\b|\bgun\b|\bpistol\b|machete|\bhammer\b|\bcrowbar|"
            r"baseball bat|\bbat\b(?! phone)|\baxe\b|screwdriver|wheel brace|tool ?box|iron bar|broken bottle|"
            r"stanley|acid\b|threaten\w* (?:to (?:kill|stab|cut|shoot|hurt|harm|burn|break|smash|batter)|her with|"
            r"him with|with a|her life|them)|(?:said|says) he'?d? ?(?:would|'ll|will)? (?:kill|stab|cut|slash|"
            r"shoot|burn)|i'?ll (?:kill|stab|cut|slit)|going to kill|ur dead|you'?re dead|kill you|dead if|"
            r"with an? (?:weapon|imitation)|\bcanivete|\bfaca\b|\bmesser\b|\bpistole\b|\bcutit\w*|\bnoz\b|\bnavaja|"
            r"\bcuchillo|\bcouteau|\bcyllell|ma omoara|omor|te mato|vou (?:te )?matar|umbringen|zabij\w*|"
            r"mae'?n mynd i ladd|มีด|weapon\b(?!s? (?:none|seen: no))|taser|bb gun|syringe|needle at"),
        ("harassment_stalking", r"\bstalk\w*|harass\w*|keeps? (?:ringing|texting|calling|turning up|messaging|"
            r"coming back|phoning|following)|won'?t (?:stop|leave (?:her|him|me) alone)|missed calls|"
            r"waits? outside|sat (?:in (?:his )?car )?(?:across|outside)|follow(?:s|ed|ing) (?:her|him|"
            r"me)(?! (?:out of the club|\+ kicked|and kicked))|turns? up (?:at|outside)|"
            r"sends? (?:her )?(?:\w+ )?(?:messages|letters|flowers)|notes under|fake profiles?|pouring paint|"
            r"paint on her car|texting her (?:husband|family|mum|boss)|asked which school|photos of her kids|"
            r"knows where (?:she|he|i) lives?|belastig(?:t|ung)\b(?! sexuell)|verfolgt|stalkt|persegu\w+|persig\w+|"
            r"assedi\w+|urmarit\w*|nek(?:al|a)\b|acos\w+|harcel\w+|aflonydd\w*|another card thru|bombard\w+|"
            r"obsess\w+|spying on"),
        ("blackmail_outing", r"blackmail\w*|extort\w*|\boutd?ing\b|\bout (?:her|him|them)\b|sends? (?:them|it|"
            r"(?:the |his |her |those )?(?:pictures|photos|videos?)|"
            r"the (?:pics?|vid\w*|photos?)|pics?|photos?) to (?:his|her|everyone|the|my)|(?:tell|ring|text|show|"
            r"send|contact) (?:her|his|my|the|your) (?:\w+ )?(?:mum|mother|husband|wife|family|landlord|boss|work|"
            r"employer|parents|school|girlfriend|boyfriend|gf|bf|kids|uni|dad|neighbours|social)|show everyone|"
            r"ring (?:immigration|the landlord|social|the home office)|tell (?:immigration|the police|police|"
            r"everyone|social)|report (?:her|him|them) to (?:immigration|hmrc|the police|social)|"
            r"lose her (?:warning|visa)|looks? after him|erpress\w*|chantag\w+|chantaj\w*|santaj\w*|szanta[zż]\w*|"
            r"want(?:s|ed)? £\d+ or|or (?:he|she|they)'?ll (?:tell|send|post|show|ring|put)|threaten\w* to (?:tell|"
                r"expose|"
            r"out|post|send|share|ring|show|put)|blacmel\w*|photos? with his id|id card next to|ถ้าไม่จ่าย|จะบอก|"
            r"protection money|ค่าคุ้มครอง|texting her husband|ring the landlord|send my picture"),
        ("covert_filming", r"(?:secretly|covertly|hidden|without (?:her|his|them) knowing) .{0,12}(?:film|record|"
            r"camera|video)|(?:film|record|video)(?:ed|ing)? (?:her|him|it|them|me)? ?(?:secretly|without)|"
            r"hidden camera|spy ?cam|camera in (?:his )?(?:glasses|specs|watch|pen)|(?:clip|video|film|"
            r"footage) of (?:herself|himself|her|him|them) (?:on|from|online)|saw (?:himself|herself) on a (?:site|"
            r"web)|sent a clip|heimlich gefilmt|filmou (?:escondido|sem)|filmat (?:pe ascuns|fara)|"
            r"nakrec\w+ (?:bez|z ukrycia)|ffilmio|kept (?:his )?(?:specs|glasses) on|glasses he wouldn'?t take off|"
            r"phone propped up"),
        ("spiking", r"\bspik(?:ed|ing)\b|drink (?:was )?(?:drugged|spiked)|drugged\b|thinks? (?:it was )?g\b|ghb\b|"
            r"roofie|rohypnol|given a drink|poured (?:him|her) a (?:shot|drink)|woke up .{0,14}(?:later|in a|hrs|"
            r"hours|without)|lost \d+ (?:hours|hrs)|k\.?o\.? ?-?tropfen|betaubt|drogad[oa]|dopad[oa]|drogat\b|"
            r"cos w drinku|sbeicio|something in (?:her|his|the) drink"),
        ("hate_incident", r"homophob\w*|transphob\w*|racist|racial\w*|\bslurs?\b|\bhate (?:crime|incident)|"
            r"called (?:her|him|them) (?:all )?(?:the |a )?(?:slurs?|tranny|faggot|queer|names|poof|nigg|paki)|"
            r"all the names|tranny|faggot|\bpoof|dirty (?:gay|queer|foreign)|quando viu que sou trans|"
            r"because (?:he|she|they)(?:'s| is| are) (?:gay|trans|black|asian|foreign|muslim)|"
            r"show everyone what she is|we know what you do|schwuchtel|viado|transfeindlich|rassist"),
        ("kerb_abuse", r"(?:throw|threw|thrown|chuck\w*|lob\w*|pelt\w*|hurl\w*|fir\w+) (?:\w+ ){0,4}?(?:eggs?|"
            r"bottles?|cans?|bricks?|stones?|fireworks?|wee|urine|water|paint|food|drinks?|milkshake|rubbish|beer)|"
            r"\beggs?\b|\begg(?:ed|ing)\b|🥚|shout\w* (?:abuse|stuff|things|names) (?:from|out of) (?:a |"
            r"the )?(?:car|van|window)|drive[- ]?by|half a brick|air rifle|paintball|water pistol|catapult|"
            r"eier geworfen|jog\w+ ovos|aruncat cu|rzuca\w* jaj|taflu wyau|fireworks? at"),
        ("coercive_other", r"\bpimp\w*|\bmadam\b.{0,60}(?:keeps|fines|half|takes)|takes? (?:all|every|her|most|"
            r"half|the girls'?|their) .{0,24}(?:penny|money|earnings|cash|passport)|takes passports?|keeps half|"
            r"fines (?:girls|them|her)|controls? (?:them|her|him|the girls|all)|he controls|ia banii|"
            r"banii de la (?:toate )?fete|boyfriend.{0,24}(?:takes|makes|sends|drives|pimp|waits)|runn?ing (?:\d|"
            r"five|six|girls|several).{0,24}girls|makes? her work|forces? her to work|sends? her to|traffick\w+|"
            r"different men in and out|zuhalter|menschenhandel|cafetao|proxeneta|maquereau|proxenete|sutener\w*|"
            r"peste\b.{0,10}fete|alfons|landlord .{0,30}(?:for sex|rent off)|rent off for sex|burdel|"
            r"under £\d+ a night|owes? him .{0,16}(?:debt|work)|debt bond\w*|hits her if|"
            r"looking for her\b.{0,60}dragged|modern slavery|mi-a luat telefonul si pasaportul|er nimmt .{0,20}geld"),
        ("impersonating_police", r"(?:said|says|claim\w*|pretend\w*|reckon\w*|told her) (?:that )?(?:he|they|to be|"
            r"being)?(?:'?s| is| was| were| be)? ?(?:from |the |a |an |undercover |plain ?clothes )*(?:vice|police|"
            r"copper|pc\b|officer|cid|detective)|wallet w/ a badge|flash\w* (?:a )?(?:badge|warrant|id)|"
            r"fake (?:badge|police|warrant|copper|officer)|warrant card|police badge|posing as (?:a )?(?:police|"
            r"officer|cop)|als polizist|gab sich als .{0,12}poli|se passou por policia|s-a dat drept poli|"
            r"udawa\w* policj|se hizo pasar por poli|esgus bod yn heddwas|vice squad"),
        ("attempted_killing", r"attempted murder|tried to kill|tried to (?:drown|run her over|run him over)|"
            r"left for dead|shot at her|set fire to her|versucht .{0,12}(?:zu toten|umzubringen)"),
        ("murder", r"\bmurdered\b|\bwas killed\b|found dead|\bermordet"),
        ("time_waster", r"time ?-?waster|no[- ]?shows?\b|never shows|doesn'?t show|didn'?t (?:show|turn) up|"
            r"books?,? (?:and )?never|wasting (?:her |our )?time|prank call|zeitverschwender|nao apareceu|"
            r"nu a venit niciodata|hung up every|messing (?:her|us) about"),
    )
)  # fmt: skip

WINS: Final = {
    "rape": ("sexual_assault",),
    "kerb_abuse": ("threats_weapon",),
    "impersonating_police": ("robbery",),
}
"""A type said makes some others, read from the same words, untrue."""

CODE_WORDS: Final = (
    (r"rob|theft|steal|raub|diebstahl|lladrad|furt|roubo|vol\b", ("robbery",)),
    (r"blackmail|outing|extort|erpress|chantage|blacmel", ("blackmail_outing",)),
    (
        r"viol(?:ence|ent)|assault(?!.*sex)|physical|gewalt|trais|violencia|przemoc|attack|abh|gbh",
        ("physical_assault",),
    ),
    (r"strang|chok|throttl", ("strangulation",)),
    (r"\brape|vergewalt|trais rhywiol", ("rape",)),
    (r"condom|stealth", ("condom_removal",)),
    (r"sex", ("sexual_assault",)),
    (r"drug|spik|betaub", ("spiking",)),
    (r"fraud|no[n ]?[- ]?pay|fake|payment|rip|betrug|zahl|money|talu", ("payment_refused_or_reversed",)),
    (r"hate|phobi|racis|hass|casineb", ("hate_incident",)),
    (r"pimp|control|coerc|traffick|landlord|zuhalt|explo", ("coercive_other",)),
    (r"nuisance|time.?waster|no.?show|niwsans", ("time_waster",)),
    (r"kerb|egg|thrown|abuse from|drive.?by|street abuse", ("kerb_abuse",)),
    (r"weapon|threat|knife|waffe|bedroh|bygyth|amenac", ("threats_weapon",)),
    (r"stalk|harass|follow|aflon", ("harassment_stalking",)),
    (r"film|record|camera", ("covert_filming",)),
    (r"abduct|kidnap|imprison|locked|held|entfuhr|herwgip", ("abduction_false_imprisonment",)),
    (r"police|imperson|fake cop", ("impersonating_police",)),
    (r"\bkill|murder|mord", ("attempted_killing",)),
)


WIDE: Final = re.compile(r"\bother\b|misc|dodgy|historic|general|punter|\bum\b|stalking, filming|,.*,")

WEAPONS: Final = _compile(
    (
        ("knife", r"\bknife(?:point)?\b|\bknives\b|\bmesser\b|\bfaca\b|\bcutit|\bnoz\b|\bcuchillo|\bcouteau|"
            r"\b[cg]h?yllell|"
            r"มีด|stanley"),
        ("blade_other", r"\bblade\b|machete|\bsword|razor|\baxe\b|screwdriver|broken bottle|scissors"),
        ("firearm", r"\bgun\b|pistol|firearm|shotgun|\bpistole\b|\barma de fogo|air rifle|bb gun"),
        ("blunt_object", r"hammer|crowbar|\bbat\b|iron bar|wheel brace|metal bar|\bbrick\b|pole\b|wrench|spanner|"
            r"golf club"),
        ("acid_or_liquid", r"\bacid\b|bleach\b(?!ed)|ammonia|boiling water|petrol (?:on|over)"),
        ("dog", r"set (?:his|the) dog|dog on (?:her|him)|\bpit ?bull"),
        ("ligature", r"\bbelt (?:round|around)|\brope\b|scarf round|cable tie|cord round"),
        ("syringe", r"syringe|needle\b"),
    )
)  # fmt: skip

METHODS: Final = _compile(
    (
        ("drove_elsewhere", r"drove (?:the )?(?:wrong|off|her|away|to)|wrong way|driven to|taken up to|"
            r"took her to (?:a|the)"),
        ("locked_in", r"central locking|locked (?:the )?doors?|locked (?:her|him|me|them)|lock(?:ed)? .{0,8}in\b|"
            r"wouldn'?t untie"),
        ("more_people_came", r"(?:2|two|more|mates?|others?|friends?) (?:more |others? )?(?:were |came|turned up|"
            r"in the front room|inside|waiting)|com um amigo|mit einem freund"),
        ("took_phone", r"took (?:her |his |all |my )?phones?|phone gone|stole (?:her|his) phone|levou (?:meu|"
            r"o) celular|luat telefonul|took .{0,20}phone"),
        ("took_money_back", r"(?:grabbed|took|snatched) .{0,14}back"),
        ("fake_payment", r"fake (?:£|\d|notes|scottish|money|transfer|payment|screenshot)|all fake|not a real app|"
            r"screenshot was fake|falschgeld|payment sent"),
        ("reversed_payment", r"charge ?back|reversed|recalled"),
        ("claimed_police", r"vice squad|warrant card|said he was (?:the )?police|badge"),
        ("followed", r"\bfollow(?:ed|s|ing)\b|sat in car across"),
        ("threatened_to_tell",
        r"(?:tell|send|ring|show) (?:her|his|the|them|everyone|my|immigration)|blackmail|outing"),
        ("filmed", r"\bfilm(?:ed|ing)|took photos|\bclip of"),
        ("drugged", r"spik|drugged|thinks g\b|given a drink|poured (?:him|her)"),
        ("strangled", r"strangl|by the (?:throat|neck)|(?:round|around) (?:her|his) throat|choked|pescoco"),
        ("hit", r"\bslapp?|\bpunch|\bhit (?:her|him|rec)|\bkicked (?:him|her)|batut|\bsoco\b"),
        ("threw_objects", r"(?:threw|throwing|chucked|lobbing|pelting) .{0,20}(?:egg|bottle|can|brick|stone)|"
            r"eggs? (?:again|and)|🥚"),
        ("refused_condom", r"without (?:a )?(?:condom)?\b.{0,4}(?:,|\.|$)|wanted it without|condom off|"
            r"took .{0,8}condom|bareback"),
        ("befriended_first", r"chatted for weeks|regular (?:of|for)|seemed sound|very polite"),
        ("controls_earnings", r"takes (?:all|every|her|half)|keeps half|ia banii|took passports|takes passports"),
    )
)  # fmt: skip

MEANS: Final = _compile(
    (
        ("street", r"\bstreet\b|drive by|kerb|\bbeat\b|strasse|\brua\b|outside club|taxi|on foot"),
        ("app_or_site", r"\bapp\b|\bsite\b|website|web\b|grindr|roamr|ladlink|adultwork|vivastreet|online|portal|"
            r"platform|web ?form|tinder"),
        ("advert", r"\bads?\b|advert|anzeige|anuncio"),
        ("e_mail", r"e-?mail"), ("text", r"\btext|\bsms\b|whats ?app|imessage"), ("phone",
        r"\bphone|\brang\b|\bcall|telefon|anruf"),
        ("social_media", r"snap|insta|facebook|telegram|twitter|social|tiktok|\bfb\b"),
        ("premises", r"walks? in|came in|premises|parlour|just came"),
        ("in_person", r"regular|met at|in person|knows? (?:him|her)|boyfriend|ex client|friend of"),
    )
)  # fmt: skip
