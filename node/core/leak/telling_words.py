"""Words that could say who reported, however common they are: always a soft flag. Written for this project.

Their family, health, housing, work, papers and the services that they use; kinds of places; words that speak of
themselves. A reviewer who sees that such a word is about the person described says so, and it goes out.
"""

from typing import Final

_FAMILY: Final = """
adopted adoption aunt auntie aunty babe babies baby babysitter bf boyfriend bride brother brothers bump carer carers
caring child childcare childminder children cousin cousins custody dad daddy daughter daughters divorce divorced
expectant expecting families family father fiance fiancee foster fostered gf girlfriend godmother gran grandad
granddaughter grandfather grandma grandmother grandparents grandson granny guardian hubby husband infant kid kids
kinship mam mammy maternity mother mothers mum mummy mums nan nana nanna nappies nephew newborn niece orphan
orphaned parent parents partner pram pregnancy pregnant pushchair relative relatives sibling siblings sis sister
sisters son sons stepdad stepdaughter stepfather stepmother stepmum stepsister stepson toddler toddlers triplet
triplets twin twins unborn uncle uncles widow widowed wife
"""
_HEALTH: Final = """
abortion addict addicted addiction adhd aids allergic allergy amputated amputation amputee anaemic anorexia anorexic
antibiotics antidepressants anxiety arthritis assessed asthma asthmatic autism autistic bandages bedridden bipolar
blind blindness bloods bpd breastfeeding buggy bulimia bulimic cancer cerebral chemo chemotherapy chronic cirrhosis
clap coeliac colostomy coma concussed concussion contraception contraceptive counselling counsellor counselor
crohn's crutch crutches cystic deaf deafness dementia dentist depressed depression detox diabetes diabetic diagnosed
diagnosis dialysis disabilities disability disabled disorder doctor doctor's doctors downs dyslexia dyslexic
dyspraxia dyspraxic endometriosis epilepsy epileptic fertility fibromyalgia fracture fractured gp gp's health
hepatitis heroin herpes hiv hormone hormones hospital hospitalised hysterectomy impaired implant implants infection
inhaler injected injecting injection injects injured injuries injury insulin intubated iud jaundice kidney leukaemia
lupus mastectomy medical medicated medication medications meds menopause mental mentally methadone midwife migraine
migraines miscarriage miscarried mobility morphine nerves neurodivergent neurological nhs nicu nurse nurses operated
operation oxygen pacemaker paralysed paraplegic parkinson's pep physio pill pills pneumonia poorly postnatal prep
prescribed prescription prosthetic psych psychiatric psychiatrist psychologist psychosis psychotic ptsd recovering
recovery rehab relapsed remission respirator scan schizophrenia schizophrenic script scripted scripts sectioned
seizure seizures selfharm shielding sickness smear sober sti stitches stoma subutex suicidal suicide surgeries
surgery symptoms syphilis terminal terminally therapist therapy tourette's tourettes transplant trauma traumatised
treated treatment tumour unwell vaccinated wheelchair wheelchairs zimmer
"""
_HOUSING: Final = """
accommodation address airbnb apartment attic b&b basement bedroom bedrooms bedsit bungalow buzzer camping caravan
caretaker cellar cottage couch crashing dorm dormitory downstairs evicted eviction flat flatmate flatmates flats
foyer home homeless homelessness homes hostel house houseboat housed housemate housing intercom keysafe kitchenette
lakeside landing landlady landlord lease letterbox lives living lodger lodging lodgings loft maisonette mansion
mortgage moved moving neighbor neighborhood neighbors neighbour neighbourhood neighbours penthouse porch postcode
premises refuge rent rented renting rents resettled resident residential rooftop roommate shed shelter sheltered
sofa sofas squatting stairwell staying storey surfing tenancy tenant tent terraced tower townhouse upstairs yurt
"""
_WORK_AND_STUDY: Final = """
academy accountant actress advert agencies agency apprentice apprenticeship archaeology artist assistant author
ballet band barista barmaid barrister beautician beauty biology boss boxercise brothel brothels business camgirl
career cashier casino centre childhood choir choreographer cleaner cleaning clerk client's coaching colleague
colleagues collects college cook councillor course cv dance dancer dancers dances dancing daytime degree dental
dentistry diploma dissertation dj doctorate dominatrix domme dropout dungeon economics employed employee employer
employment essay exam exams exhibition factory fashion florist forensic freelance freshman governor graduate
graduated graduates hairdresser hairdressing harpist headteacher influencer instructor intern internet internship
interpreter job jobs journalist kindergarten languages lapdancer lapdancing law lawyer lecture lecturer lecturers
lectures lessons librarian library madam maid maids manageress massage masseuse masters maths mature medic medicine
midwifery modelling module modules musician nanny nightshift nursery nursing office onlyfans orchestra paralegal
parlour pharmacist pharmacy phd philosophy physics pianist placement poet policewoman politics porter pr professor
psychology punters' qualification qualified reception receptionist research restaurant retrained salon scholarship
school schools science scientist seamstress secretary semester seminar shift shifts shopkeeper shopworker singer
sociology software soloist stripper striptease student student's students studied studies study studying supervisor
supply taught teach teacher teachers teaches teaching telesales thesis tour touring tours trainee training tuition
tutor unemployed uni universities university veterinary violin violinist volunteer volunteering volunteers waitress
webcam webcamming worked worker's working workplace works writer yoga youtube youtuber zumba
"""
_PAPERS_AND_SERVICES: Final = """
advocate asylum bail barred benefits biometric brp caseworker charities charity citizenship commissioner convicted
conviction convictions council councils court courts cps crimestoppers curfew dbs deportation deported detention dwp
embassy facilitator foodbank funding gambling helpline hmp idva illegal illegally immigrant immigrants immigration
inquest isva jail jailed keyworker lawyers legal licence magistrates marac migrant migrants missionary naloxone nrm
num outreach overstayed overstayer overstaying papers paperwork parole passport passports permit prison prisoner
probation project projects referral referred refugee refugees remand resettlement residency responder samaritans
sanctuary sarc scheme schemes sentence sentenced sentencing smuggled social socialworker solicitor solicitors
sponsor sponsored trafficked trafficker trafficking tribunal unaccompanied undocumented vicar visa visas welfare
witness witnesses
"""
_PLACES: Final = """
abattoir abbey airport aldi alley alleyway allotment allotments aquarium arcade arch arches arena argos asda ave
avenue b&m bakery bandstand bank barber barbers bargains barn barracks bars bazaar beach betfred bingo boatyard
bookies boulevard bowling boyes brewery bridge bridges brook bungalows burger butchers bypass cafe cafes café
campsite campus canal carpark carwash castle cathedral cave cemetery chapel chemist chippy church churchyard cinema
cliff cliffs clinic close club clubs convent coop corner cornershop costa costcutter countryside courtyard
crematorium crescent croft crossroads dam dell depot dock docks dominos downtown dyke embankment esplanade farm
farmfoods farmhouse farmyard fell fields firestation flyover footbridge footpath forest fort foundry fountain
gallery gasworks gate gates gdns graveyard greenbelt greenhouse gregg's greggs greyhound grounds grove gym halfords
hall harbor harbour heath hedge heron hill hills hillside homebase hotel hotels houses iceland ikea infirmary inn
institute island islands isle jetty junction kebab kfc kiosk ladbrokes lake landfill lane lanes launderette
laundrette layby laybys leisure lidl lido lighthouse lodge maccies maccy macdonalds mall manor marina market
marketplace markets marsh matalan mcdonald's mcdonalds meadow meadows mews mill mills moat monastery monument moor
mooring moorland moors morrisons mosque motel motorway multistorey museum newsagent newsagents nightclub
nightclubs nisa offie offlicence orchard outskirts overpass paddock palace parade park parking parks pavement
pavilion pier pitches playground plaza pond pool port portakabin poundland poundstretcher precinct primark priory
promenade pub pubs quarry quarter quay quays quayside racecourse railway ramp rd rec recreation reservoir retail
river riverbank riverside road roads roadside roundabout ruins sainsbury's sainsburys sauna saunas scout scrapyard
screwfix scrubland seafront seaside services shop shopping shops silo skatepark slipway spa spar specsavers spoons
square stables stadium starbucks station stations stile store stores stream street streets suburb suburbs subway
superdrug supermarket superstore swamp swimming synagogue takeaway tavern tearoom terminus terrace tesco tescos
theatre toilets tollbooth town towpath tramstop tube tunnel turnpike underpass valley viaduct villa village villas
waitrose wasteground wasteland waterfall waterfront waterside waterworks weir wetherspoon wetherspoons wharf wickes
wilko wilkos windmill woodland woods yard yards zoo
"""
_THEMSELVES: Final = """
anonymous anonymously complainant cried crying deadname escorting girl her hers herself informant lass lasses maiden
me my myself nickname née our ours ourselves prossie prostitute prostitutes prostitution pseudonym reported reporter
reporting reports sexworker she she'd she'll she's surname survivor survivors trans transgender transsexual
transwoman ts us victim victim's victims we whistleblower
"""
_LIFE: Final = """
always anniversary attends bible birthday blogger blouse bra buddhist budgie bunny cake cast cat catholic cats
christian concert congregation conversion daily dancer's dinner dogwalker dress eldest everybody everyday everyone
famous fasting ferret festival flamenco fluent fluently folk gig gigs goldfish gown guide guinea hamster handbag
hedgehog heels hindu hobbies hobby holiday homesick horses imam jehovah's kitten knits knitting known landmark
lifelong lipstick lollipop lottery makeup methodist minister muslim newly nightly nun only orchid originally parrot
pastor pentecostal pet pets pilgrim prayer prays priest puppet puppies puppy quaker rabbi rabbit rabbits ramadan
rare recently recognisable recognised recognizable recognizes religious retired retiring routine salvation sewing
sings skirt songs soup stockings talent tiara tights tiktok trolley ukulele unicycle vegan veteran violinist's
weekly wig youngest
"""

PLACES: Final = frozenset(_PLACES.split())
"""Kinds of places, and shops: they say where somebody is."""

TELLING: Final = PLACES | frozenset(
    " ".join((_FAMILY, _HEALTH, _HOUSING, _WORK_AND_STUDY, _PAPERS_AND_SERVICES, _THEMSELVES, _LIFE)).split()
)
