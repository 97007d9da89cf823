"""Words that describe the person described, a vehicle, a weapon or what they do: never a flag by themselves.

Written for this project; lower case, folded. Broad on purpose: what is missing costs a reviewer a flag. A word that
could just as well say something about the person who reported (a wheelchair, a child, a hospital) is not here but in
`telling_words`. Makes and models of vehicles come from the tables that read sheets.
"""

from typing import Final

_BODY: Final = """
adam's ankle ankles arm arms back beard beards beer bellied belly bicep biceps body bone boned bones breath brow
brows buttocks calf calves cheek cheekbone cheekbones cheeks chest chin chins complexion crooked crow's dimple
dimples ear earlobe earlobes ears elbow elbows eye eyebrow eyebrows eyelash eyelashes eyelid eyelids eyes face faced
facial feet finger fingernail fingernails fingers fingertips fist fists foot forearm forearms forehead frame freckle
freckled freckles freckly gap gapped groin gums gut hair haired hairline hairs hairy hand handed hands head headed
heel hip hips jaw jawed jawline jaws joints jowls jowly knee knees knuckle knuckles leg legs lip lips lobe
lobes mouth nail nails neck necked nose nosed nostril nostrils palm palms paunch paunchy penis ponytail pores rib
ribs scalp shin shins shoulder shouldered shoulders skin skinned skull spine stomach stubble stubbled stubbly teeth
temple temples thigh thighs throat thumb thumbs toe toes tongue tooth toothed toothless torso trunk underarm veins
veiny waist waistline wrinkle wrinkled wrinkles wrinkly wrist wrists
"""
_BUILD: Final = """
athletic average beefy beerbelly big bigger biggish bodybuilder brawny broad broader built bulky burly chubby chunky
compact curvy fat fatter fattish fit flabby fleshy frail gangly gaunt giant heavily heavy heavyset hefty hench huge
hulking hunchback hunched lanky large lean leaner lightly little massive medium mediumish midsize muscle musclebound
muscled muscles muscly muscular narrow obese overweight petite plump podgy portly pudgy puny ripped rotund round
rounded scraggy scrawny short shorter shortish shorty skeletal skinnier skinny skinnyish slender slight slightly
slim slimmer slimmish small smaller smallish solid spindly squat stacked stockily stocky stooped stooping stout
strong sturdy tall taller tallest tallish thick thickset thin thinner thinnish tiny toned tubby underweight unfit
wee weedy wellbuilt wide wiry
"""
_AGE_AND_SIZE: Final = """
about adult age aged ageing ages aging approx approximate approximately apx around between bit centimetre
centimetres cm early eighties elderly estimated fifties fiftyish forties fortyish ft guess guessed half height
heights in inch inches ish kg kilo kilos late later lb lbs looked looking looks m maybe metre metres mid middle mids
near nearer nineties odd old older oldish over perhaps poss possibly prob probably reckon roughly senior
seventies sixties sixtyish sth stone summat teen teenage teenaged teenager teenagers teens thirties thirtyish
twenties twentyish under unsure weigh weighed weighing weighs weight year years yo young younger youngish youngster
youth yr yrs
"""
_HAIR_AND_FACE: Final = """
afro aquiline auburn bald balder balding baldy bangs beaded beaky bearded bedhead blackheads bleached blemished
blond blonde blondish bloodshot blotchy boxer braid braided braids brunette brushed bulbous bulging bun bushy buzz
buzzcut buzzed chapped cleancut cleanshaven clipped closecropped clump comb combed combover cornrow cornrows crew
crewcut crinkly crop cropped crossed curl curled curls curly curtain curtains cut dandruff darker designer dread
dreadlocked dreadlocks dreads droopy dye dyed extensions fade faded flattop flecked flick floppy fluffy forked
fringe frizzy frosted fuzzy gel gelled ginger gingerish gingery goatee graying grease greasy greying hairband
haircut hairdo hairless hairstyle handlebar hazel highlighted highlights hollow hook hooked jheri length lined lines
lock locks locs long longer longish lopsided matted messy mohawk mohican mole moles mop mousey moustache moustached
mousy mullet mustache muttonchops neat neatly number oily parted parting patch patches patchy peak peppered perm
permed pimple pimples pinkish pitted pixie plait plaited plaits pock pocked pockmarked pocks pointed pointy
prominent quiff quiffed ragged receded recedes receding redhead roots rosacea rosy ruddy saggy sandy scaly scraggly
scruffy shaggy shaved shaven shaves sideburn sideburns sideparting sides skinhead slick slicked snub soul sparse
spiked spikes spiky spot spots spotty squint squinty straggly straight straightened streak streaked streaks
stretched striking strip styled sunburn sunburned sunburnt sunken swept tache tan tangled tanned texture thinning
tied tinted tonsure topknot tousled tramlines trim trimmed tufts twists undercut unkempt unshaven untidy unwashed
updo wave waves wavy weathered whiskers widow's wispy
"""
_SKIN_AND_LOOK: Final = """
acne appearance asian attractive birthmark birthmarks black blemish blotches brown bruise bruised bruises burn
burned burnt caucasian clammy clean coloured complexioned creepy cuts cysts dark darkish dirty dishevelled dodgy
dusky euro european fair filthy flushed glowing goodlooking grim grimy grubby handsome ic1 ic2 ic3 ic4 ic5 ic6 ic9
leathery light lightskinned lump lumps mark marked marks mean menacing miserable mixed nasty nice niceish
nondescript normal oddball olive ordinary oriental pale pallid pasty plain posh race racial rash reddish respectable
rough sallow scab scabby scabs scar scarred scarring scars scary scratch scratched scratches scruff seedy shifty
sickly sinister sleazy smarmy smart smartly smug sores spooky stern strange suntan suntanned swarthy sweat sweating
sweaty swollen tats tattoo tattooed tattoos tatts tidy ugly unclean wart warts weird weirdo welldressed white
whiteish yellow yellowed yellowing yellowish
"""
_COLOURS: Final = """
aqua beige blue blueish bluey bluish bright bronze bronzed burgundy camo camouflage caramel champagne charcoal check
checked checkered chequered chrome cobalt colour colourful colours copper coral cream creamy crimson cyan deep denim
dull electric emerald fawn flame floral fluorescent gold golden gray grayish green greenish grey greyish gunmetal
indigo iridescent ivory jet khaki lavender lilac lime magenta maroon matt matte metallic mint multi multicoloured
mustard navy neon orange paint painted pastel patterned pearlescent pink pinky pinstripe pinstriped plaid polka
purple red reflective rust rusted rusty sand scarlet shade shades shiny silver silvery spotted spray sprayed stripe
striped stripes stripy tartan taupe teal terracotta tone tones tricolour turquoise vinyl wrapped
"""
_CLOTHING: Final = """
accessories adidas airmax anklets anorak apron armani arsenal asics badge badged badges baggy balaclava balaclavas
bally bandage bandaged bandana bandanna bangle bangles barbour baseball beanie beanies belt belts beret berghaus bib
billabong blazer bling bobble bodywarmer bomber boot boots bottoms boxers bracelet bracelets braces
branded breasted briefcase brim brimmed brogues brooch bucket buckle bumbag burberry burka button buttoned buttons
canvas cap cape caps cardigan cargo cargos carhartt carrier casual casually chain chained chains chef chef's chino
chinos cloth clothed clothes clothing coat coats collar collared combat combats converse cord cords corduroy cotton
covered covering coverings cowboy cravat crocs crucifix cuff cufflinks cuffs deerstalker denims diadora diamante
diamond donkey dressed dresser dressing duffel duffle dungarees duster earphones earpiece earring earrings
ellesse emblem embroidered fedora fila fingerless fishing fitbit flatcap fleece fleeces flops foamposites footwear
frames fur gaiter garment garments gear gilet glasses glove gloved gloves goggles gucci handkerchief harrington
hat hats headband headphones headscarf helly helmet helmets hi high hijab hiking hilfiger hivis hood hooded hoodie
hoodies hoods hoody hoop hoops jacket jackets jean jeans jewellery jewelry jogger joggers jogging jumper jumpers
jumpsuit kagool kagoule kappa kilt kippah knit knitted label lace laces lacoste lanyard lanyards leather leathers
leggings lenses levis loafers logo logos lonsdale loose lumberjack luminous lycra mac mack martens mask masked masks
military montirex nautica necklace necklaces necktie nike nikes northface nylon oakley oakleys outfit overall
overalls overcoat padded parka patagonia peaked pendant pierced piercing piercings pinstripes plimsolls pocket
pockets pollover polo poncho pony prada print puffa puffer pullover puma pyjamas quilted rayban raybans reebok
replica rimless rimmed rims ring rings robe rolex rolled rucksack sandal sandals satchel scarf scarves scrubs sequin
sheepskin shirt shirtless shirts shoe shoes shorts signet ski skullcap slacks sleeve sleeveless sleeves slider
sliders slippers slogan sneakers snood sock socks sovereign specs spectacles sports sportswear stetson 
stoneisland stud studded studs suede suit suitcase suited suits sunglasses superdry supreme suspenders sweater
sweaters sweatpants sweats sweatshirt swimwear tailored tech tee thermal tie tiepin ties timberland
timberlands toms top tops toupee towel track trackie trackies tracksuit tracksuits tracky trainer trainers trench
trenchcoat trilby trouser trousers tshirt tshirts turban turtleneck tux tuxedo tweed umbrella umbro underarmour
underpants undershirt underwear uniform uniformed varsity velcro velour vest vests vis viz waders waistcoat watch
watches waterproof waterproofs waxed wear wearing wears wellies wellingtons windbreaker windcheater wool woollen
woolly wooly wore workboots workclothes workwear wristband wristwatch yankees zip zipped zippo
"""
_MARKS: Final = """
anchor angel angels artificial bad bent bird birds bite bites bitten boils bonehead brand branding broken bull
bulldog bunch butterfly cauliflower celtic chipped claw claws clover clown cobra coffin compass cracked crest
cross crosses crown dagger daggers decayed deer deformed demon dent dented dentures devil dice dot dots dragon
dragons dreamcatcher eagle eagles faint falcon feather fish flag flags flames flower flowers gammy hammers heart
hearts homemade horns horseshoe initials ink inked irregular jagged joker keloid koi ladder lazy letter lettering
letters limp limped limping limps lion lions lisp lisping lisps magpie mandala mangled maori marking markings
mermaid misshapen missing moon mutilated panther pattern phoenix picture pinup portrait praying puncture quote
raised ram reaper ribbon rose roses rot rotted rotten rotting rottweiler sacred sailor scorpion shake shakes shaking
shaky shamrock shaped shark simpsons skeleton skulls slash slit slits smudged snake snakes spider spiders spiderweb
stain stained stains stammer stammered stammering stammers star stars stick stump stutter stuttered stuttering
stutters swallow swallows swastika swirl sword symbol symbols tear teardrop teardrops tears thistle thorns tic tics
tiger toothpick trembling tremor tremors tribal tusk twisted twitch twitches twitching twitchy viking vine vines
visible waddle waddled waddles walk walked walking walks web webbed webs wheeze wheezing wheezy wings wolf wonky
words writing zigzag zodiac
"""
_VOICE: Final = """
aberdonian accent accented accents african afrikaans albanian american amharic anglo arab arabian arabic aramaic
armenian aussie australian austrian bajan balkan baltic bangladeshi basque belarusian belgian bengali berber bosnian
brazilian brit british brogue brum brummie brummy bulgarian burmese cambodian canadian cantonese caribbean catalan
chav chilean chinese cockney colombian congolese cornish country creole croat croatian cuban cumbrian cypriot czech
danish dari devonian dialect dialects dundonian dutch east eastern egyptian emirati english eritrean estonian
estuary ethiopian farsi fijian filipino finnish flemish foreign foreigner french gambian geordie georgian german
ghanaian glaswegian gravelly greek gruff guttural hausa hebrew hindi hispanic hoarse hungarian husky igbo indian
indonesian intonation iranian iraqi irish italian ivorian jamaican japanese jewish jordanian kashmiri kazakh kenyan
kosovan kurd kurdish kuwaiti lancashire lancastrian latin latino latvian lebanese liberian libyan lilt lithuanian
liverpudlian local londoner loud lowered macedonian mackem malay malaysian maltese manc mancunian mandarin mauritian
mediterranean mexican midlands moldovan mongolian monotone moroccan mumble mumbled mumbles mumbling mumbly nasal
nepalese nepali nigerian nordic north northern northerner northumbrian norwegian orcadian pakistani palestinian
pashto patois persian peruvian pidgin plummy polish portuguese potteries punjabi quiet quietly raspy refined roma
romanian rural russian saudi scandinavian scot scotch scots scottish scouse scouser scousers senegalese serb serbian
serbo sikh singaporean sinhalese slang slavic slovak slovakian slovene slovenian slow slowly slur slurred slurring
slurs smoggie soft softly somali somalian south southern southerner spanish speak speaker speaking speaks speech
spoke spoken squeaky sudanese swahili swedish swiss syrian taiwanese tamil thai throaty tibetan tigrinya trinidadian
tunisian turk turkish twang ugandan uk ukrainian ulster unaccented urdu uzbek valleys venezuelan vietnamese voice
voices wales wellspoken welsh west western whiny whisper whispered whispering whispers wolof yank yemeni yiddish
yorks yorkshire yoruba zimbabwean zulu
"""
_BEHAVIOUR: Final = """
abducted abducts abrupt abuse abused abuses abusing abusive accused act acted acting acts aftershave aggression
aggressive aggressively agitated alcohol alcoholic alert alone angrily angry antisocial anxious apologetic appeared
appears approach approached approaches approaching argue argued argues arguing argumentative aroma arrive arrived
arrives arrogant ask asked asking asks assault assaulted assaulting assaults attack attacked attacker attacking
attacks avoid avoided avoids awkward backs bang banged banging bareback barter bartered battered bear beat beaten
beating beats became beg begged begging begs behave behaved behaves behaving behaviour belligerent bind biting
blocked blocking blocks boast boasted boasting boasts booked booking bookings books bored bossy bound bourbon
brag bragged bragging brags brandished brandishes breathes breathing brusque brutal bully bullying calm calmly came
cannabis card cards carried carries carry carrying cash cautious change changed changes changing charmer charming
chase chased chases chasing chat chats chatted chattery chatty cheap cheeky cheque chewing chews choke choked chokes
choking cigar cigarette cigarettes cigars claim claimed claiming claims climbed climbs clingy clumsy coaxed cocaine
cocky coerced coke cold cologne come comes coming complained complains condescending condom condoms confident
confused contact contacted contacting contacts control controlled controlling controls cool cornered cough coughed
coughing coughs counterfeit crack crazy creep cries crude cruel cruise cruised cruises cruising cuffed cursed
cursing cuss dangerous deceive deceived demand demanded demanding demands demeaning demeanour deodorant desperate
detained diesel disrespectful distracted distracting dominant domineering drag dragged dragging drags drank drink
drinking drinks drive driven driver driver's drivers drives driving drop dropped drops drove drug drugged drugs
drunk drunken edgy ejaculated engages enraged enter entered entering enters erection erratic escape escaped escort
excuse excuses expose exposed exposes exposing fag fags fake faked fakes false fast fidget fidgets fidgety fight
fighting fights filmed filming films fixated flash flashed flashes flashing fled flees flirty follow followed
following follows force forced forceful forces forcing friendly furious furtive gag gagged garlic gave generous
genial gentle gesture gestures get gets getting giggle giggled giggling give gives giving glue goes going good grab
grabbed grabbing grabs greeted gripped groomed grope groped gropes groping growled grudge grumpy grunted grunting
haggle haggled haggler haggles haggling handcuffed hang hanging hangs harass harassed harasses harassing harassment
hated hateful haunts heckle helpful hid hide hides hiding hit hits hitting hold holding holds homophobic horrible
hostile hover hovering hovers hum hurried hurry hurt hurting hurts hustled hyper ignored ignores ignoring impatient
impersonated impersonates impersonating impotent inappropriate incoherent insist insisted insistent insisting
insists insult insulted insulting insults intense intimidate intimidated intimidates intimidating intoxicated
invasive irate irritable jealous jerky jittery joked jokes jump jumped jumps jumpy keep keeps kept kerb kerbcrawler
kick kicked kicking kicks kill killed kind kiss kissed kisses kissing knelt knocked knocks know knows lager lash
lashed lashes laugh laughed laughing laughs lecherous leer leered leering leers liar lie lied lies linger lingered
lingering lingers loiter loitered loiterer loitering loiters loudly lure lured lures luring lurk lurking lurks lynx
mad manic manipulate manipulated manipulates manipulating manipulative mannered mannerism mannerisms manners
masturbated masturbates masturbating meet meeting meets messaged messages misogynist misogynistic moaned moaning
moans moody mug mugged mugger muttered muttering mutters nervous nervously nervy noisy obscene obsessed
obsessive odor odour offensive offered offering offers overconfident overfamiliar overly overpowered oversteps paced
paces pacing paid pamper panic panicky paranoid patronising pay paying payment pays peeped peeping perfume perv
pervert perverted pervy pester pestered pestering pesters petrol phoned photo photographed photographing photos pick
picked picking picks pinch pinched pinches pinned pins pipe plays plead pleaded pleasant polite politely posed poses
posing possessive post posted posts pounced prank pranks pretend pretended pretending pretends preyed promise
promised promises promising pull pulled pulling pulls punch punched punches punching pungent punter push pushed
pushes pushing pushy question questioned questions quick quickly racist rage ragey ran ranted ranting rants rape
raped raper rapes raping rapist react reacted reacts record recorded recording records reek reeked reeking reeks
refund refunded refunds refuse refused refuses refusing regular regularly relaxed remove removed removes removing
repeated repeatedly reserved restrained restrains reverse reversed reverses ride rides riding rob robbed robber
robbers robbery robbing robs rollups rude rush rushed rushes sadistic said sarcastic sat say saying says scam
scammed scammer scams scared scent screamed screaming screams secretive secretively secretly seemed seems serious
sex sexist sexual sexually shout shouted shouting shouts shouty shoved shoves shoving showed shows shuffle shuffled
shuffles shuffling shy silent sit sits sitting slap slapped slapping slaps sly smack smacked smash smashed smashing
smell smelled smelling smells smelly smelt smile smiled smiles smiley smiling smirk smirked smirking smirks smoke
smoked smoker smokes smoking smooth snapped snaps snarled snatch snatched snatches snatching sneaked sneaks sneer
sneering sniff sniffed sniffing sniffs snort snorted sobbed solvents sounded sounding sounds spat spice spike
spirits spit spits spitting squeezed squeezes stab stabbed stabbing stabs stalk stalked stalker stalking stalks
stand standing stands stank stare stared stares staring stays steal stealing steals stealth stealthed stealthing
stealths stench stink stinking stinks stinky stole stolen stood stop stopped stopping stops strangle strangled
strangler strangles strangling stride strides strike strikes stroppy struck struggle struggled struggles stumbled
stumbles stumbling sulky surly suspicious suspiciously swagger swaggers swear swearing swears swore swung take taken
takes taking talk talkative talked talking talks tapped teased temper tempered tense text texted texting texts
threat threaten threatened threatening threatens threats threw throttle throttled throw throwing thrown throws timid
tobacco took touch touched touches touching touchy transphobic trap trapped trick tricked tricks tried tries trying
turn turned turning turns unable unfriendly unhinged unpleasant unpredictable unstable unsteady unusual upset urge
urged urinated urine used uses using vague vape vaped vapes vaping verbal verbally vicious violence violent
violently vodka wait waited waiting waits wander wandered wanders wanted wants warned watched watching waved waving
weaponised weed whiskey whisky whistled whistles whistling wild wink winked winks withdrew yell yelled yelling yells
"""
_WORK_AND_KIND: Final = """
abuser alias army bailiff bloke blokes bouncer bouncers brickie bricklayer builder builder's builders businesslike
businessman butcher called caller calling calls chap chaps client clients collector contractor cop cops courier
couriers customer cyclist dealer dealers debt deliveroo delivery demolition doorman doormen dude electrician
engineer ex farmer fella fellas female fisherman fishermen fitter football footballer gang gangs gardener geezer
geezers gent gentleman group groups guard guy guys handyman joiner labourer labourer's lad laddish lads lady
landscaper lone male males man man's marine mate mates mechanic mechanics men men's minicab nationality navvy
offender officer officers painter pair pal pals passenger passengers pedestrian people perp person pimp plasterer
plumber police policeman punters rapper rasta rastafarian rider riders roadman roadmen roofer rugby salesman
scaffolder scaffolders scrap security shipyard skateboarder soldier solo stranger strangers subject suspect
tattooist thug thugs trader tradesman tradesmen traffic trucker tyre uber undercover welder woman women worker
workman workmanlike workmen yob yobs youths
"""
_VEHICLES: Final = """
abs aerial aerials airbags alarm alloy alloys amg aprilia armrest artic auto automatic awning axle backseat badly
bearing bearings bike bikes blinds bmx boardman bodykit bodywork bonnet bultaco bumper bumpers bus cab
cabin cabrio camper campervan cans car carrera cars catalytic cc cdti chassis chevrons chopper classic clock coach
convertible coupe courier's custom cycle damage damaged dash dashboard dashcam deluxe dents dings dirtbike door
doors double dropside dual ducati ebike edition engine escooter estate estates exhaust exterior flatbed fog foglight
foil front fully fumes gears gearstick gps grille gt gtd gti hackney handlebars hardtail hatch hatchback hatchbacks
hazards hdi headlight headlights headrest heated hire hired horn hubcap hubcaps husqvarna hybrid interior jeep jeeps
kawasaki keys ktm lambretta left lifted lights limo limousine livery locking logo'd logoed lorries lorry luton lwb
make makes mat metal minibus minibuses mirror mirrors mk mk1 mk2 mk3 mk4 mk5 mk6 mk7 model models modified moped
mopeds motor motorbike motorbikes motorcycle motorcycles motorhome mountain mpv mud muddy mudguard nearside new
newer newish numberplate offside paintwork panel panels parked pcp piaggio pickup pickups plate plated plates quad
quadbike racing rack racks rail rails rattling rear reg registered registration rental reversing roof roofrack rs
saloon saloons satnav scooter scooters scrape scraped se seat seatbelt seats semi series side sidecar sign signage
signs signwritten silencer sliding spare split splitter spoiler sport sporty sri stationary steering sticker
stickers sunroof sunstrip supermini surron suspension suv suvs swb sxi tail tailgate tailgater tape taped taxed taxi
taxis tdi tints tipper toolbox tools tow towbar towed towing trailer transit transits tread tricycle triumph tsi tuk
turbo tyres underlights undertray uninsured unmarked untaxed upholstery van vans vehicle vehicles vespa vinyls voi
vts vw vxr wagon wagons warning wheel wheelbase wheeled wheels whip window windowless windows windscreen wing wiper
wipers wraparound
"""
_WEAPONS: Final = """
acid airgun ammonia axe axes balls bar bat baton bats bayonet billhook blade blades bleach bolt bottle bottles brick
bricks butt cable cables catapult chainsaw chemical chisel cleaver cleavers cosh craft crowbar device dirk dog dogs
drill duct dumbbell extinguisher firearm firearms firework fireworks flicknife fork gaffer garrotte glass golf
grenade gun guns hammer hammered handcuffs handgun handle hatchet hidden hunting imitation implement iron ketamine
knife knifed knives knuckleduster knuckledusters lead leash ligature lighter liquid mace machete machetes needle
needles nunchucks object objects padlock paving penknife pepper pickaxe pistol pistols pitbull plank poker pole
powder ratchet razor razors revolver rifle rock rocks rope ropes rottie saw sawn scalpel scissors screwdriver
screwdrivers serrated shank sharp shotgun shotguns sledgehammer slingshot spade spanner spanners staffie staffy
stanley sticks stones strap straps string swords syringe syringes taser tasered tasers tazer telescopic tin tool
torch truncheon unseen wallet weapon weapons wire wires wood wooden wrench zombie
"""

DESCRIPTORS: Final = frozenset(
    " ".join(
        (
            _BODY,
            _BUILD,
            _AGE_AND_SIZE,
            _HAIR_AND_FACE,
            _SKIN_AND_LOOK,
            _COLOURS,
            _CLOTHING,
            _MARKS,
            _VOICE,
            _BEHAVIOUR,
            _WORK_AND_KIND,
            _VEHICLES,
            _WEAPONS,
        )
    ).split()
)
