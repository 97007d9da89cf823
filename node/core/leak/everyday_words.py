"""Everyday English words: in the text of a warning they are no flag by themselves.

Source: wordfreq 3.1.1 (Robyn Speer), of its 3,000 most frequent English words those that a dictionary has with a small
letter, or an inflected form of such a word; without given names (US census of 1990), surnames and places that are not
better known as words, and without what is in `descriptor_words` or `telling_words`. This list alone has the licence of
the data that it was made from: CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/).
"""

from typing import Final

EVERYDAY: Final = frozenset(
    """
    a ability able above absolute absolutely academic accept accepted access accident according account accounts
    accurate achieve across action actions active activities activity actor actual actually ad add added adding addition
    additional administration admit adults advance advanced advantage advertising advice affairs affect affected afford
    afraid after afternoon again against agent agents ago agree agreed agreement ah ahead aid aim ain't air aircraft
    album alive all allow allowed allowing allows almost along already also alternative although am amazing among amount
    an analysis ancient and animal animals announced annual another answer answers anti any anybody anyone anything
    anyway anywhere apart apparently appeal appear apple application applications applied apply appointed appreciate
    appropriate approval approved are area areas aren't argument armed arrest arrested article articles artists as aside
    aspects assembly assets assistance associated association assume at attached attempt attempts attend attention
    attitude attorney audience authorities authority automatically available award awards aware away awesome background
    bag balance ball ban banks base based basic basically basis basketball bathroom battery battle bay be beautiful
    because become becomes becoming bed been before begin beginning begins behavior behind being believe believed below
    benefit besides best bet better beyond biggest billion birth blame block blood blow board boat bodies bomb bond book
    border born both bottom bought bowl boy boys brain branch brazil bread break breakfast breaking brief brilliant
    bring bringing brings broke brought budget build building buildings burning businesses busy but buy buying by call
    camera camp campaign can can't candidate candidates cannot capable capacity capital captain carbon care careful case
    cases catch category caught cause caused causes causing cell cells cent center central century certain certainly
    chair chairman challenge champion champions championship chance channel chapter character characters charge charged
    charges cheese chicken chief choice choose chose chosen circle circumstances cities citizens city civil class
    classes clear clearly click climate clinical closed closely closer coast code coffee collected collection color
    combination combined comedy comfortable command commander comment comments commercial commission committed committee
    common communication communications communities community companies company compared comparison competition
    competitive complete completed completely complex computer concept concern concerned concerns condition conditions
    conduct conducted conference confidence confirmed conflict congress connected connection conservative consider
    considered considering constant constantly constitution construction consumer contain contains content contest
    context continue continued continues contract convention conversation copy core corporate corporation correct cost
    costs could couldn't count counter countries county couple cover coverage covers crash create created creating
    creation creative credit crime criminal crisis critical crowd cry cultural culture cup current currently customers
    cute cutting da damn danger data date dates dating day days dead deal dealing deals dear death deaths debate debut
    decade decades decide decided decision decisions declared dedicated defeat defence defense defined definitely
    definition degrees deliver delivered democracy democratic democrats department depending depends depth deputy
    describe described description deserve design designed despite destroy destroyed detail detailed details determine
    determined develop developed developing development devices did didn't die died diet difference differences
    different difficult digital direct directed direction directly director discovered discuss discussion disease
    display distance distribution district division do document documents does doesn't doing dollar dollars domestic
    don't done dont doubt down draft drama draw drawing drawn dream dreams dry due dumb during duty dying each earlier
    earned earth easier easily easy eat eating economic economy edge editor education educational effect effective
    effects effort efforts eggs eight either elected election elections electronic elements else email emergency
    emotional empire employees empty end ended ending ends enemy energy engaged engineering enjoy enjoyed enough ensure
    entertainment entire entirely entitled entry environment environmental episode equal equipment equivalent era error
    especially essential established eu even evening event events eventually ever every everything everywhere evidence
    evil exact exactly example examples excellent except exchange excited exciting exclusive executive exercise exist
    existence existing expansion expect expected expensive experience experienced experiences expert experts explain
    explained express expressed expression extended external extra extreme extremely faces facilities facility facing
    fact factor factors facts fail failed failure fairly fall falling falls familiar fan fans fantastic fantasy far
    faster fault favor favorite fear feature features fed federal fee feed feel feeling feelings feels fees fellow felt
    few field fifth figure figures file fill filled film final finally finance financial find finding finds fine finish
    finished fire fired firm first five fix fixed flight floor flow fly flying focus focused folks food for ford forever
    forget forgot form formed former forms forward found foundation founded four fourth fox free freedom frequently
    fresh friend friends from fruit fuel full fun function functions fund funds funny further future gain game games
    garden gas gender general generally generation gift girls given glad global go goal goals god gone gonna goods
    google got gotta government grade grand granted great greater greatest grew ground grow growing grown growth guest
    guilty had happen happened happening happens happy hard harder hardly has hasn't hate have haven't having he he'd
    he'll he's heads healthy hear heard hearing heat heaven held hell hello help helped helping helps here here's hero
    hey higher highest highly him himself his historical history hole holy honest honestly honor hopefully hoping horse
    host hot hour hours how however human humans hundred hundreds i i'd i'll i'm i've ice id idea ideas identified
    identify identity if ill image images imagine immediate immediately impact importance important impossible improve
    improved incident include included includes including income increase increased increasing incredible indeed
    independence independent index individual individuals industrial industry influence information initial inside
    inspired instance instead institutions insurance intelligence intended interest interested interesting interests
    internal international interview into introduced introduction investigation investment invited involved is isn't
    issue issued issues it it'll it's item items its itself join joined joint joke journal journey july just keeping key
    killing kinds kingdom kitchen knew knowing knowledge labor labour lack ladies laid land language largely larger
    largest last latest latter launch launched laws lay leader leaders leadership leading leads league learn learned
    learning least leave leaves leaving led legislation less let let's lets letting level levels liberal license life
    like liked likely likes limit limited line link linked links list listed listen listening literally literature live
    lived load located location look lose losing loss lost lot lots love loved lovely low lower luck lucky lunch lying
    machine made magazine magic mail main mainly maintain maintenance major majority making manage managed management
    manager manner manufacturing many map march marketing marriage married mass master match matches material materials
    matter matters maximum may mayor meaning means meant measure measures meat media member members memory mention
    mentioned mess message met method methods michigan might mile milk million millions mind mine minimum mining
    ministry minor minute minutes mission mistake mix mm mobile mode modern moment moments money month months more
    morning most mostly motion move movement moves movie movies much multiple murder music musical must name named names
    nation national nations native natural nature nearby nearly necessary need needed needs negative neither net network
    never news newspaper next night nine no nobody noise non none nor normally not note noted notes nothing notice
    noticed novel now nuclear numerous obvious obviously occurred ocean of off offer official officially officials often
    oh oil ok okay on once one ones online onto open opened opening operating operations opinion opportunities
    opportunity opposed opposite opposition option options or order ordered orders organization organizations organized
    origin original other others otherwise out outside own owned owner owners pacific pack page pain painting paper
    parliament part particular particularly parties partners parts party pass passed passing past path patient patients
    peace people's per percent perfect perfectly perform performance performed performing period permanent personal
    personality personally personnel perspective phase phone physical pictures piece pieces pilot place placed places
    plan plane planet planned planning plans plant plants plastic platform play played player players playing please
    pleasure plenty plot plus point points policies policy political politicians poor pop popular population portion
    position positions positive possibility possible potential pounds power powerful powers practice practices prefer
    premier prepare prepared presence present presented president presidential press pressure pretty prevent previous
    previously price prices primary prime principal prior private prize pro problem problems process produce produced
    product production products professional profile profit program programs progress promote proof proper properly
    properties property proposed protect protected protection protein prove provide provided provides providing public
    published purchase pure purpose purposes put puts putting quality quit quite radio rain raise random range rate
    rates rather raw re reach reached reaction read ready real reality realize realized really reason reasonable reasons
    receive received receiving recent recognize recognized recommend reduce reduced reference reform regarding region
    regional regions register related relations relationship relationships relatively release released relevant relief
    religion remain remained remaining remains remember replace replaced report represent representative representatives
    represented republic republican request require required requirements requires reserve residents resistance
    resolution resources respect respond response responsibility responsible rest result results retirement return
    returned returns revealed revenue review reviews revolution rice rich right rights rise rising risk role roll room
    rooms route row rule rules run running runs russia sad safe safety sale sales salt same sample san save saved saving
    scale scene scenes schedule scientific score scored screen sea search season second secondary seconds secret section
    sector secure see seeing seek seeking seem seen selected selection self sell selling senate senator send sending
    sense sent separate seriously serve served service serving session set sets setting seven several severe shall shame
    shape share shared shares sharing ship shipping ships shoot shooting shot shots should shouldn't show showing shown
    shut sick sight signal signed significant significantly similar simple simply since sing singing single sir site
    sites situation six size skills sky sleep sleeping snow so society solar sold soldiers solution some somebody
    somehow someone something sometimes somewhat somewhere song soon sorry sort sound source sources soviet space
    special species specific specifically speed spend spending spent spirit spread spring squad st staff stage standard
    standards start started starting starts state stated statement statements states statistics status stay stayed steam
    steel step steps still stock storage stories storm story strategy strength stress stronger structure stuck studio
    stuff stupid style sub success successful such suddenly suffered suffering sugar suggest suggested sun super support
    supported supporting suppose supposed sure surely surface surprise surprised survey survive sweet switch system
    systems table tank target task taste tax taxes tea team teams technical techniques technology television tell
    telling tells temperature ten tend term terms terrible territory test testing tests than thank thanks that that's
    thats the their them theme themselves then theory there there's therefore these they they'll they're they've thing
    things think thinking thinks third this those though thought thoughts thousand thousands three through throughout
    thus ticket tickets tight till time times tip tips tired title to today today's together told tomorrow tonight too
    total totally tough tournament toward towards trade trading traditional train trained transfer transport
    transportation travel treat tree trees trend trial trip troops trouble truck true truly trump trust truth try tv
    twenty twice twitter two type types typical typically ultimate ultimately understand understanding understood
    unfortunately union unique unit united units universe unknown unless unlike until up update updated upon upper urban
    use useful user users usual usually valuable value values variety various version very via vice victory video videos
    view views vision visit volume vote voted votes voting wake wall walls wanna want war warm wars was wasn't waste
    water way ways we'll we're we've weak wealth weather wedding week weekend weeks welcome well went were weren't wet
    what what's whatever when whenever where whether which while who who's whole whom whose why widely will willing win
    wind wine winner winning wins winter wise wish with within without won won't wonder wonderful wondering word work
    workers world world's worried worry worse worst worth would wouldn't wow write writers written wrong wrote ya yeah
    yes yesterday yet york you you'd you'll you're you've your yours yourself zero zone
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
