// Written by scripts/wordnet-words.mjs from WordNet (https://wordnet.princeton.edu), whose licence follows.
// This software and database is being provided to you, the LICENSEE, by
// Princeton University under the following license.  By obtaining, using
// and/or copying this software and database, you agree that you have
// read, understood, and will comply with these terms and conditions.:
//
// Permission to use, copy, modify and distribute this software and
// database and its documentation for any purpose and without fee or
// royalty is hereby granted, provided that you agree to comply with
// the following copyright notice and statements, including the disclaimer,
// and that the same appear on ALL copies of the software, database and
// documentation, including modifications that you make for internal
// use or for distribution.
//
// WordNet 3.1 Copyright 2011 by Princeton University.  All rights reserved.
//
// THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON
// UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
// IMPLIED.  BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON
// UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT-
// ABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE
// OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT
// INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR
// OTHER RIGHTS.
//
// The name of Princeton University or Princeton may not be used in
// advertising or publicity pertaining to distribution of the software
// and/or database.  Title to copyright in this software, database and
// any associated documentation shall at all times remain with
// Princeton University and LICENSEE agrees to preserve same.

/** Words of names of columns, each followed by everyday words for it. */
export const WORDNET_WORDS = `
abandon wantonness unconstraint wildness abandonment forsaking desertion;abbreviation abbreviate;absence absent;accelerate speed quicken acceleration speedup speeding hurrying velocity swiftness fastness accelerator throttle
acceleration accelerate speedup speed quicken;accept acceptation credence acceptance taker adoption;accident fortuity
account history chronicle report describe calculation computation figuring reckoning computing bill invoice accountant comptroller controller;actor histrion thespian roleplay playact doer work perform
address addressee speech speechmaking speaking;admission admittance admit intromit acknowledge;adoption acceptance adopt espouse accept consent
advert advertisement advertizement advertising advertizing advertise advertize advertence advertency attention attending hearer listener auditor attender;advertisement advertizement advertising advertizing advert advertise advertize
advertising advertisement advertizement advertizing advert advertise advertize publicizing publicize publicise bare;affiliation bind bond consociate affiliate;agent delegacy;airline airliner;airplane aeroplane plane
airport airdrome aerodrome drome;alarm dismay consternation appal appall horrify alert horror alarmist alarum alerting
allocation allotment allocate apportion apportionment apportioning parceling parcelling assignation assign allot portion parcel distribute dispense;amount total number measure quantity numeral aggregate
animal beast brute creature fauna create animalize animalise;annual yearly yearbook;answer reply respond solution result solvent solve respondent responder answerer;apartment flatlet;applicant applier;application utilize utilise apply employ
apply utilize utilise employ usage utilization utilisation exercise application utility usefulness utilizer utiliser user;appointment designation naming appoint constitute delegate designate assign engagement date
approval blessing approving approbate approve okay sanction;approve okay sanction countenance imprimatur okey okeh approbation approver blessing approval approving
arrest collar nail apprehend halt hitch stay stoppage stop fuzz pickup apprehender containment;arrival reaching arrive come;arrive come arriver comer advent coming arrival;article clause;artist artwork graphics artistry prowess
asking request bespeak;asset plus;athlete jock;attorney lawyer attorneyship;audio sound;audit scrutinize scrutinise examiner inspector scrutinizer scrutiniser scrutiny examination auditor
author writer writing authorship penning write indite generate;auto automobile motorcar machinist mechanic motorist automobilist;automobile auto motorcar machinist mechanic motorist automobilist;average norm;bakery bakeshop bakehouse
balance equilibrate equilibrize equilibrise equilibrium equipoise counterbalance;ballot vote voting balloting;band circle;bank deposit;basket handbasket basketful
batch hatful heap mass mickle mint mountain muckle passel peck pile plenty raft slew spate;bathroom toilet lavatory john privy;beak peck;bean bonce noodle noggin dome beanball beaner;bedroom bedchamber
begin start commence beginning commencement outset kickoff showtime offset newcomer fledgling fledgeling neophyte freshman newbie;beginning start commence commencement outset kickoff showtime offset inaugurate originate initiate begin
bike motorcycle bicycle pedal motorbike cyclist bicyclist bicycler biker wheel treadle pedaler pedaller cycling;bill invoice account billing poster posting placard;billing bill;bird birdwatch fowl birder ornithologist
birth bear nativity nascency nascence parturition birthing;board plank boarder room lodger roomer;boat sauceboat boatman boater waterman boating yachting;bonus fillip incentive;book booklet brochure folder pamphlet booker booking
booking book;borrow borrower adopt borrowing;borrower borrow;boss foreman chief honcho foremanship hirer hire employ emboss seal knob relievo rilievo embossment
bounce bounciness resile rebound ricochet leap leaping jump bound spring saltate carom recoil repercussion backlash;branch ramify ramification branching fork forking furcate furcation
brand marque make construct build produce stigmatize stigmatise denounce stigma denunciation denouncement stigmatization stigmatisation branding
breach transgress offend infract violate violator lawbreaker misdemeanor misdemeanour infraction violation infringement wrongdoer offender transgression;breadth comprehensiveness largeness width;break interruption faulting fracture breaking
breakdown dislocation dislocate collapse;breed engender spawn;breeze zephyr cinch picnic pushover walkover;brew brewage brewer brewery;browser browse surf;building edifice construction construct build
bundle package packet bunch cluster pack sheaf clump clustering;buyer purchaser emptor vendee purchase;cafe coffeehouse;call telephone phone name namer naming;calorie kilocalorie
campaign crusade labor labour repel campaigner candidate nominee champion paladin reformer reformist crusader meliorist;cancel natural cancellation offset;cancellation cancel;candidate campaigner nominee campaign
capacity capacitate capability;carat karat;carbon carbonate carbonize carbonise carburize carburise;cargo lading freight payload shipment consignment ship load lade laden;carrier bearer toter tote transport carry
cart handcart pushcart haul hale drag puller tugger dragger trawler haulage hauler haulier hauling trucking;case instance exemplify illustrate instantiate event encase incase caseful sheath casing showcase vitrine encasement incasement
cast mold mould model hurl;category class categorize categorise classify sort assort;census nosecount
channel transmit carry transmission transmittal transmitting conduction conductivity conductor channelization channelisation canalization canalisation;charge complain accuse charger courser accusation accuser accusal
check cheque assay checkout checker confirmation verification substantiation;checkout check insure ensure ascertain;child youngster minor shaver nipper tiddler tike nestling childhood puerility;churn moil roil
circuit tour tourist tourer holidaymaker;citation commendation commend cite reference quote mention refer;citizen citizenship;city metropolis citify;claim arrogate arrogator claimant
clarity lucidity lucidness pellucidity clearness limpidity clarify elucidate crystallize crystallise crystalize crystalise illuminate uncloudedness
class category categorize categorise classify sort assort grade classification compartmentalization compartmentalisation assortment kind form sorting;click clink tinkle tink chink tick cracking ticking;client customer
climate clime acclimatize acclimatise acclimate mood;close finale finis finish last terminate cease complete closing shut shutter shutting;closing shutting close shut terminate cease
club nine society guild gild lodge ordain consecrate ordinate;coach manager managership oversee supervise superintend tutor tutelage tuition tutorship trainer training grooming coaching
code codification codify encipher cipher cypher encrypt encoding encryption cryptograph programmer coder cryptography coding steganography;coffee java;cold frigidity frigidness;colleague workfellow confrere fellowship;collision clash collide
color coloring colouring colorize colorise colourise colourize colorist colour emblazon discolour vividness tinge;colour emblazon discolour colorist color coloring colouring
commence begin start beginning commencement outset kickoff showtime offset newcomer fledgling fledgeling neophyte freshman newbie;comment remark input commentate note observe mention commentary gloss annotate
company companion escort comrade fellow familiar associate;compensation right redress correct compensate recompense repair indemnify remunerate overcompensate;component element factor ingredient factorize factorise compose part portion
concert concertize concertise;conclude reason decision rationality reasonableness intellect ground reasoner ratiocinator ending;condition status precondition stipulation stipulate specify conditioning discipline conditioner bridle trainee
connection connexion connectedness yoke associate relate link colligate connect;consignment cargo lading freight payload shipment ship load lade laden committal consign institutionalize institutionalise;construction building construct build
consultant adviser advisor consultancy rede advise counsel;consultation interview confer confab consult;consumer consume ingest;consumption ingestion intake uptake consume ingest phthisis
contender rival challenger competitor compete challenge;contract contractor signer signatory;contractor contract declarer;contribution contribute donation donate;contributor contribute pledge
conversation conversationalist conversationist schmoozer converse discourse;conversion transition changeover convert
coordinate organise coordinator organization organizer organiser arranger administration governance organisation constitution establishment coordination;corporation corp potbelly tummy;cost price toll
counsel advocate pleader counselorship counsellorship rede advise guidance counseling counselling counselor counsellor advisory deliberation weighing
count counting numeration enumeration total summate enumerate numerate enumerator numeral number counter tabulator matter topic;country nation commonwealth;courier messenger;course track flow trend flowing rivulet rill runnel streamlet
coverage underwrite plow deal;crash clang clangor clangour clangoring clank clash;create creature wight animal beast brute fauna devising fashioning making creation initiation founding origination instauration;creation produce create
creature animal beast brute fauna create animalize animalise wight;credit cite acknowledgment reference mention quotation;crime accuse incriminate criminate inculpate outlaw criminalize criminalise illegalize illegalise
crop harvest reap glean snip prune cultivate cultivation cultivator;customer client;damage harm impairment impair scathe;date escort appointment engagement;deal trade merchandise bargain dicker plow discussion coverage consideration
death decease expiry perish expire croak;debtor debitor;deceased decedent departed decease perish expire croak
deck adorn decorate grace embellish beautify beautification beauty gracility decoration ornament ornamentation adornment bedight bedeck
decline diminution decrease diminish lessen wane declination worsen deterioration declension worsening refuse reject regrets nonacceptance;deep trench;deepness astuteness
defeat licking defeatist negativist kill frustration thwart queer scotch foil frustrate baffle bilk overcome subduer
defect shortcoming desert abandonment forsaking desertion deserter apostate renegade turncoat recreant ratter defector apostasy renunciation;degree level stage;delay postponement wait halt holdup detain;deliver deliveryman delivery bringing
delivery bringing deliver;demand demander necessitate need require requirement necessity essential requisite necessary;denial disaffirmation deny;density concentration denseness compactness;deny denial disaffirmation
departure going leaving depart deviation divergence difference differentiate distinguish secern secernate severalize severalise deviate vary
deposit sedimentation alluviation sediment lodge wedge stick lodgment lodgement lodging bank banking depositor;depot terminal storehouse entrepot storage store;description report describe depict
destination goal destine fate doom terminus intend;destruction devastate ravage destroy destruct ruin demolition wipeout annihilate eradicate decimate obliterate erase demolish pulverize;detention detainment custody restrain constrain detain
diagnosis diagnosing diagnose;diameter diam;diner dine;direct directive target place spot object objective prey quarry;director manager managership oversee supervise superintend directorship;disaster catastrophe calamity tragedy cataclysm
disbursement expense disbursal disburse spending outlay spend expend;discontinue stop cease quit cessation surcease stopover layover halt discontinuance discontinuation;discount dismiss disregard ignore neglect deduction discounter
dish dishful;dispatch despatch communique shipment ship dispatcher discharge;displacement supplanting supplant replace supersede shift;distance aloofness outdistance outstrip
distributor distributer allocator distribute dispense allocate apportion;district territory dominion zone;division segment section;doctor physician medico;donation contribution donate contribute;donor giver bestower conferrer gift
door doorway;dose dosage drug sedation drugging;driver drive;drop bead droplet drib driblet dribble drip;duration continuance;duty responsibility obligation compel oblige obligate;dwelling home domicile abode habitation populate live inhabit
earn realise earner gainer garner wage earnings remuneration salary;earnings lucre profit profits profiteer wage remuneration salary recompense remunerate earn garner;earthquake quake temblor seism tremor;eatery restaurant
economy economist economize economise husband;education instruction didactics teach instruct educationist educationalist educate train;election elect;electricity electrify
elevation raising rise raise lift elevate acme height pinnacle summit superlative meridian tiptop exceed transcend;email netmail;embark ship boarding embarkation embarkment;emission emanation emanate exhale emit
employ employment hire utilize utilise apply usage utilization utilisation exercise application utility usefulness utilizer utiliser;employee hire employ;employer hire employ;employment employ hire work;energy energize energise vigor vigour
engine engineer;engineer technologist engineering technology mastermind orchestrate locomotive engine administration governance organisation organizer organiser originator conceiver;enlist enlistment hitch
enrol enroll inscribe recruit enlistee recruiter registration enrollment enrolment enrollee;enroll inscribe enrol recruit enlistee recruiter registration enrollment enrolment enrollee
enrolment registration enrollment enroll inscribe enrol recruit register;enterprise endeavor endeavour strive entrepreneur enterpriser
entrance entranceway entryway enter entering capture enamour trance becharm enamor captivate beguile charm bewitch enchant;entry record introduction debut launching unveiling;epicenter epicentre;epicentre epicenter;equipment equip outfit
error mistake fault blame erroneousness;escalate intensify intensity intensiveness intensification escalation;escalation escalate intensify
establish found launch foundation founder beginner initiation founding origination instauration constitution establishment institute;event case;exam examination quiz test essay probe;exhibition exhibit display exposition expo
expectancy anticipation await;expenditure outgo spending outlay spend expend expending;expense disbursal disbursement disburse;experience feel;extent broaden extend;extra supernumerary;failure fail miscarry
family household menage home homeowner householder;farm farmer husbandman granger sodbuster farming;fast fasting;father begetter beget engender mother sire forefather generation genesis multiplication propagation
fault mistake error blame flaw incrimination inculpation;feedback resubmit;field battlefield battleground fielder fieldsman fielding;fill satiate sate replete fulfil filling makeweight;film movie cinema celluloid take filming cinematography
fine mulct amercement amerce ticket;finish coating finishing coat surface finale finis last close terminate cease complete closer finisher completion;fire burn firing;firm house tauten;fixture fasten secure regular habitue
fleet flit flutter dart evanesce evanescence;flight flying aviate pilot wing;flood inundation alluvion inundate deluge swamp overwhelm oversupply glut flooding downpour cloudburst waterspout torrent pelter
floor flooring coldcock storey shock knockdown;flower bloom blossom blossoming flowering florescence inflorescence anthesis blooming bloomer;follower pursue follow;food nutrient nutrify aliment nourish;forward forwarding
found establish launch foundation founder beginner initiation founding origination instauration constitution establishment institute;foundation base establish found launch
founding initiation origination instauration introduce innovate create originate arise uprise initiate establish found institute institutionalize;fowl poultry bird fowler
freight cargo lading payload shipment consignment ship load lade laden freightage freighter merchantman;fruit fruiterer fruitlet fructify generate fruitage fruition;fuel fueling refueling flame flaming
fund store stockist stocker stock stockpile;funding support financing finance;funds finances;gain increase profit benefit derive gainer winner winnings profits achiever succeeder winning;gallery veranda verandah
game gage stake bettor better wagerer gambling gaming stakes wager;gasoline gasolene petrol gasify vaporize aerify;gender sexuality;generation coevals contemporaries beget engender father mother sire;gentleman valet
gift endow indue empower invest endue endowment talent donor giver bestower conferrer giving;girl miss missy fille girlhood maidenhood maidhood;giver donor bestower conferrer gift;goal destination destine fate doom;good goodness
grade class level tier rate rank mark score gradation grader scaling grading order ordering leveling;grant award subsidization subsidisation subsidize subsidise granter grantee;gratuity pourboire baksheesh bakshish bakshis backsheesh bung
gross revenue receipts;group grouping aggroup radical;guarantee warranty warrant vouch ensure insure assure voucher verifier;guest invitee invite;gust blow float drift;hand manus mitt;handler manage handle;happiness felicity
hardware ironware;harm injury hurt trauma traumatize traumatise ache injure wound damage impairment impair scathe;harvest crop reap glean snip prune cultivate gleaner harvesting harvester reaper
head caput forefront headway bearing heading leader chief;heading header bearing steer maneuver manoeuver manoeuvre guide channelize channelise head;health wellness;heat hotness warmth heater warmer heating;heaviness weightiness
height tallness acme elevation pinnacle summit superlative meridian tiptop exceed transcend overstep peak promote elevate;hire employ employment employee employer boss hirer charter lease leaseholder lessee rent tenant renter
hold clasp clench clutch clutches grip grapple grasp seize prehend appreciation grok comprehend savvy apprehend;holiday vacation vacationer vacationist vacationing
home dwelling domicile abode habitation populate live inhabit family household menage;hospital infirmary hospitalize hospitalise;host horde innkeeper boniface emcee;house domiciliate firm housing diggings digs domiciliation lodgings lodging
household family menage home homeowner householder;housing lodging house domiciliate;humidity humidness humidify moisturize moisturise
hurt injury harm trauma traumatize traumatise ache injure wound distress smart pain hurting smarting smartness;hygiene hygienics;idle laze slug stagnation stagnancy doldrums sluggard idler loafer layabout idleness idling loafing
illness unwellness malady sickness;importance grandness;impression feeling belief notion feel effect;incentive inducement motivator motivate actuate propel prompt incite induce stimulate cause bonus
industry industrialist manufacture fabricate construct;ingredient component element factor factorize factorise compose;inhabitant habitant dweller denizen indweller populate live inhabit
injury hurt harm trauma traumatize traumatise ache injure wound;inmate inpatient;inspection inspect;inspector inspectorship examiner audit scrutinize scrutinise examine;instructor teacher instructorship teach instruct teachership
insurance underwrite;insurer underwrite;intake consumption ingestion uptake consume ingest inlet;intensity intensiveness escalate intensify compound deepen;interest concern sake interestingness fear worry headache
inventory stock stockist stockpile inventorying stocktaking;invoice bill account;issue publish release publication issuer publishing publisher supply provision supplying issuing issuance;item enumerate itemize itemise detail particular
join articulation joint articulate joiner adjunction joining;journey journeying travel wayfarer journeyer traveling travelling traveler traveller;kind sort form classify class assort;label pronounce mark marker marking ticket
lady dame madam gentlewoman;land lander ground;language speech;last finale finis finish close terminate cease complete survive survival endurance
launch establish found foundation founder beginner initiation founding origination instauration constitution establishment catapult launcher;lawyer attorney attorneyship
leaf leafage foliage leaflet folio booklet brochure folder pamphlet flick thumb riffle riff;league conference;learner scholar assimilator absorb assimilate ingest scholarship learn larn apprentice prentice apprenticeship
lease rental letting rent hire charter leaseholder lessee renter renting tenant;leave departer leaver goer farewell parting
lecture lectureship speechify rebuke reprimand scold chide berate lambaste lambast speaker talker verbalizer verbaliser lecturing;lecturer lector lecture;left collectivist leftist;lend impart contribute addition improver loan lender loaner
lender loaner lend loan;lending loaning;lent lententide;lessee leaseholder rent lease hire charter;level degree grade tier rate rank raze rase dismantle razing wrecking leveling demolishing;liability indebtedness;life living live
lifespan lifetime lifer;line trace lining liner;link nexus yoke connect linkup associate relate colligate junction conjunction conjugation colligation connection connectedness linkage
list listing lean tilt angle slope heel lister itemization itemisation;listing list itemization itemisation itemize itemise enumerate
live populate inhabit inhabitancy inhabitation inhabitant habitant dweller denizen indweller dwelling home domicile abode habitation
load loading burden burthen weight lade laden cargo lading freight payload shipment consignment stevedore loader;loaf loll idler loafer layabout loiter lounge footle lollygag lallygag tarry linger lurk loiterer lingerer
loan lend loanword lender loaner;location situate locate site locating positioning emplacement emplace position place posit;long hanker yearn longer thirster yearner longing yearning hungriness hankering;longevity seniority;lorry camion
lose loser nonstarter;lost doomed;lots tons dozens heaps piles scores stacks loads rafts slews wads oodles gobs scads lashings;machine machinist mechanic machinery;magnitude enlarge magnify amplify
mail mailer mailing sendee sender transmitter sending postage;maintenance upkeep conserve preserve maintain;make brand construct build produce shuffle shuffling
maker shaper shape construct build produce godhead lord creator divine almighty jehovah;manager director managership oversee supervise superintend directorship coach;manufacturer produce manufacture fabricate construct producer
marathon marathoner;margin border perimeter bound;mark score rate rank grade marker marking differentiate label ticket;marketing selling merchandising trade merchandise sell commercialize commercialise;married marry conjoin espouse
mass batch hatful heap mickle mint mountain muckle passel peck pile plenty raft slew spate;match correspond jibe gibe tally agreement correspondence;math mathematics maths mathematician;mathematics math maths mathematician
maths mathematics math mathematician;maximum maximize maximise utmost uttermost;meal repast;mean intent purport meaning signification entail entailment implication
measurement measuring mensuration measure mensurate evaluate valuate assess appraise quantify;mechanic machinist auto automobile motorcar machine;mechanics mechanism;medal decoration ribbon medalist medallist;member membership
membership member;menu carte;merchandise ware product produce trade merchant merchandiser selling merchandising marketing deal trader bargainer dealer monger;meter metre;mileage milage;milestone milepost
minimum understate minimize minimise downplay belittle denigrate derogate;minute moment second;minutes proceedings transactions
model framework simulate pattern blueprint modelling example modeler modeller mold mould modeling cast stamp molding;module faculty;moisture moisten dampen humidify moisturize moisturise;money minter moneyer
moon daydream reverie revery daydreaming oneirism daydreamer woolgatherer;mortality deathrate;mother motherhood maternity beget engender father sire fuss overprotect bustle hustle flurry generation genesis multiplication
motor motorize mechanize mechanise motorise drive motorist automobilist motoring driveway parkway ride;motorist automobilist auto automobile motorcar drive motor
mountain mountaineer batch hatful heap mass mickle mint muckle passel peck pile plenty raft slew;movie film;musician instrumentalist player musicianship music;name mention cite refer call namer naming identify identification identity
nation country commonwealth;neighbor neighbour vicinity locality neighborhood neighbourhood;neighborhood vicinity locality neighbourhood neighbor neighbour;neighbour neighbor vicinity locality neighborhood neighbourhood
neighbourhood vicinity locality neighborhood neighbor neighbour;newsletter newssheet;night nighttime;nominee campaigner candidate campaign
note billet observe mention remark comment input reference mentioner observer commentator notice annotation notation sign;novel novelist novelette novella
number calculate cipher cypher compute count enumerate numerate total amount measure quantity numeral aggregate enumeration;occupation engross engage invade;occurrence happening occurrent happen occur;odometer hodometer mileometer milometer
offence offensive;offender wrongdoer transgress offend infract violate breach;offense wound injure bruise spite umbrage pique offend;offer volunteer proffer offering tender suggestion proposition offerer offeror
officer officeholder policeman;open clear unclutter outdoors undoer opener unfastener untier opening initiative;opening breach open;operator manipulator
order prescribe dictate enjoin rate rank grade injunction decree edict fiat rescript ordering orderer
organisation administration governance form organize organise mastermind engineer orchestrate coordinate administer administrate organization unionize unionise
organiser organizer mastermind engineer orchestrate unionize unionise arranger arrange organise coordinate
organization organisation unionize unionise form organize organise devise machinate systematize systematise systemize systemise coordinate
organizer organiser arranger arrange organise coordinate mastermind engineer orchestrate unionize unionise;origin root source descent extraction;outcome resultant result lead ensue consequence effect upshot eventuate effectuate
outlay spending disbursement disbursal disburse spend expend outgo expenditure;output yield generate outturn;overall boilersuit;owner proprietor proprietorship proprietary ownership possession possess possessor
pace gait step stride tread pacing pacer;package bundle packet bunch cluster pack parcel packaging packer bagger boxer packing boxing
parcel package apportion partake assign allot portion tract parcellation allotment apportionment apportioning allocation parceling parcelling
parent parenthood parentage rear nurture lineage bloodline pedigree ancestry stemma fostering fosterage rearing upbringing raising;park parkland commons common green parking;parking park
part portion component schism farewell parting breakup rupture severance separatist separationist separation;participant enter participate player play;passenger ride;payer remunerator recompense remunerate;payment defrayal defrayment defray
payroll paysheet;peak extremum prime heyday blossom efflorescence flush unfold acme height elevation pinnacle summit superlative meridian;penalty punishment penalization penalisation punish penalize penalise;people citizenry masses
percent percentage;percentage percent share partake;perish decease expire croak passing exit expiration going deceased decedent departed death expiry;permit license allow countenance licence permission sanction imprimatur
person individual someone somebody mortal soul personalize personalise individualize individualise personhood personate body personify;petrol gasoline gasolene gasify vaporize aerify;phase stage
phone telephone voice vocalize phonate ringing tintinnabulation phoner telephoner telephony call;physician doctor medico;pickup collar nail apprehend arrest
picture icon ikon visualize envision fancy image depict painting portray limn paint effigy simulacrum imagination;place spot target direct position site location locating positioning emplacement positioner placement shoes
plan program programme contrive design planner contriver deviser planning;plane airplane aeroplane planer skim;planet satellite;plant works flora plantlet implant engraft embed imbed planting implantation nidation
planting implant engraft embed imbed plant;plate plater plating;play drama dramatist playwright dramatize dramatise playlet roleplay playact player participant playing;player participant play musician instrumentalist musicianship music
pledge plight troth pledger assurance contributor;point indicate arrow pointer cursor indication denotation orient;police constabulary patrol patroller;poll canvass pollster headcounter pate
pollution pollute foul contaminate befoulment defilement befoul maculate;population populate live inhabit;port larboard;position place positioner location locating positioning emplacement spot placement;post station poster posting placard
postage mail;posting poster placard bill post;power powerfulness;practitioner practician;precipitation precipitate;premiere premier
press imperativeness insistence insistency blackmail blackjack pressure coerce hale force pressing urge exhort exhortation goad
pressure press supercharge pressurize pressurise blackmail blackjack coerce hale force urge exhort imperativeness insistence insistency;price cost terms pricing;principal headship principalship
priority precedence precedency prioritize prioritise antecedence antecedency anteriority predate precede forego forgo antecede antedate;prisoner captive;proceeds take takings yield generate
prod goad goading prodding urging spur spurring urge press exhort needle poke nudge nudger incitation;produce creation maker shaper manufacturer brand make devising fashioning making producer merchandise ware product
producer manufacturer produce manufacture fabricate construct;product merchandise ware produce trade;professor prof professorship chair;profit lucre profits earnings profiteer gain benefit welfare gainer
program plan programme contrive design scheduling programming programing programmer coder;programme curriculum syllabus program programming programing programmer coder plan scheduling
project undertaking task labor labour toil travail drudge moil contrive design undertake attempt protrude protrusion;promo promotion publicity packaging advertise advertize
promotion promo publicity packaging advertise advertize promote elevate;property belongings holding have belong;proportion symmetry proportionality;provider supplier supply provide render furnish cater;province state responsibility
publication print publish issue;publish print publication publishing publisher printer pressman issue release issuer;publisher print publish issue;pupil student educatee educate studentship study
purchase buyer purchaser emptor vendee buying purchasing bargain steal;purchaser buyer emptor vendee purchase;quake earthquake temblor seism tremor quiver palpitate shaking shakiness trembling quivering vibration palpitation quaker trembler
qualification making qualify stipulate specify;qualifying limiting modify qualify;quality characterize characterise caliber calibre qualify;quantity measure total number amount evaluate valuate assess appraise quantify mensurate
quarter fourth quartern billet canton camp encampment cantonment bivouac quarters quartering;question inquiry enquiry query interrogate inquire enquire interview oppugn doubt dubiousness doubtfulness interrogation interrogative questioning
queue lineup;quit discontinue stop cease cessation surcease stopover layover halt discontinuance discontinuation resign resignation
race rush hotfoot hasten speed velocity swiftness fastness speeding hurrying haste rushing footrace racer racing;rail railing inveigh;rain rainfall rainwater;rainfall rain
range scope reach compass ambit straddle wander swan stray roam ramble rove vagabond vagrant drifter;rank rate grade ranker ranking mark score level tier gradation grader scaling grading order ordering;ranking rank
rate rank grade mark score level tier gradation grader scaling grading order ordering;rating evaluation valuation evaluate valuate assess appraise;reading read;rebate rabbet;receipt acknowledge receptionist receive;receipts gross revenue
receive receipt recipient obtain incur;recipe formula;record disc platter entry recorder tape taping recording;recruit levy enlistee draft enroll inscribe enrol recruiter registration enrollment enrolment enrollee recruitment enlisting
reduction reduce decrease diminish lessen reducing deoxidize deoxidise;refill replenish refilling replenishment;refuel fueling refueling;refund repay repayment requite quittance;refusal refuse reject decline
refuse garbage scraps reject decline regrets nonacceptance turndown rejection refusal;register registry file registration enrollment enrolment registrant filing;registration enrollment enrolment enroll inscribe enrol recruit register
reject cull spurn scorn disdain rejection refuse decline regrets nonacceptance turndown refusal;rejection refuse reject decline disapprove
release publish issue liberation freeing free liberate unloose unloosen loose relinquishment relinquishing liberator
remark comment input commentate note observe mention reference mentioner observer commentator notice annotation notation commentary;remuneration wage earnings salary recompense remunerate earn garner
renewal reclamation rehabilitation regenerate renew;rent hire charter lease tear rupture snap cleave split rive rend rental letting leaseholder lessee;rental lease letting rent renting;renter tenant hire charter lease occupancy tenancy rent
reorder reordering;repair fixing mend mending bushel mender repairer compensate recompense indemnify damages amends indemnification restitution redress;repayment refund requite repay quittance;representative spokesperson
request petition postulation asking bespeak;reserve modesty stockpile stock backlog appropriate earmark hallmark trademark stylemark allowance;resident occupant occupier occupy reside occupancy tenancy shack domicile domiciliate
resign vacate renounce resignation quit;resolution resolve purpose decide settle adjudicate;resolve resoluteness firmness resolution purpose decide settle adjudicate judge jurist settler deciding decision
respondent responder answerer answer reply respond react;response react respond;restaurant eatery;return homecoming regaining;revenue gross receipts taxation
review reappraisal revaluation reassessment reassess reevaluate reexamine revalue reappraise critique reexamination commentator reviewer criticism referee;reviewer referee review critique commentator reexamine commentate
ride drive motor rider riding passenger;rider ride;ring resound echo reverberate halo annulus doughnut peal pealing rolling ringing tintinnabulation reverberation plangency reverberance;road route
roast knock ridicule blackguard roaster roasting teasing ribbing tantalization derision satirist ironist ridiculer;roaster roast;roasting roast;role officiate persona impersonate embody personify;room roomette board lodger boarder roomer
round cycle rounder;route itinerary road;runner smuggler contrabandist contraband smuggle;salary wage earnings remuneration recompense remunerate earn garner;salesman salesmanship;saleswoman salesgirl saleslady
satellite orbiter orbit revolve planet;satisfaction gratification satisfy gratify;school schoolhouse schooltime schooling civilize civilise polish refinement training breeding;schooling school
score mark rate rank grade tally scorer nock crisscross cross scotch;scrap chip fleck peel knap rubbish trash junk debris dust rubble detritus quarrel dispute argufy;screening showing viewing show demo present demonstrate
season flavor flavour sapidity savor savour smack flavorer flavourer flavoring flavouring seasoner seasoning;seat buttocks nates arse backside buns fundament hindquarters keister posterior prat tooshie tush behind derriere
section segment division partitioning segmentation sectionalization sectionalisation;segment section division partitioning segmentation sectionalization sectionalisation
sell seller marketer vender vendor trafficker selling merchandising marketing;seller marketer vender vendor trafficker traffic peddle monger huckster hawk vend market sell;send sending sender transmitter;seniority longevity
sensor detector sense detect observe find discover notice;seriousness earnestness sincerity distressfulness;service overhaul;settle settee decide resolve adjudicate judge jurist resolution settler deciding
severity badness severeness asperity grimness hardship rigor rigour rigorousness rigourousness;share percentage partake sharing;shelf ledge;shift displacement transformation transmutation switching dislodge reposition shifting
ship embark cargo lading freight payload shipment consignment dispatch shipper shipping;shipment cargo lading freight payload consignment ship load lade laden dispatch despatch;shipper ship;shipping ship
shop store patronize patronise frequent browse workshop shopper shopping patron frequenter;shopper patronize patronise shop frequent browse
show demo present demonstrate display presentation demonstration demonstrator exhibitor exhibitioner screening showing viewing exhibit prove
sick vomit disgorge regorge retch puke barf spue upchuck vomiting emesis disgorgement puking vomiter spewer;sickness illness unwellness malady;sighting sight
singer vocalist vocalizer vocaliser vocalize vocalise voice vocalization vocalisation vocalism phonation sing;sister sisterhood sistership;site situate locate berth place placement location locating positioning emplacement;size sizing
skill accomplishment acquirement learn larn science;snow snowfall bamboozle hoodwink;snowfall snow;solicitor canvasser canvass solicit solicitorship;solve solver solution answer result solvent solving;song vocal songwriter songster sing
sort kind form classify class assort sieve sorting screener classification compartmentalization compartmentalisation assortment sorter category;source origin root;specialty forte metier speciality peculiarity specialness distinctiveness
speed velocity hurry accelerate rush hotfoot hasten race quicken swiftness fastness speeding hurrying haste rushing;spend expend disburser expender outgo spending expenditure outlay expending disbursement disbursal
spending disbursement disbursal outlay disburse spend expend outgo expenditure;spouse partner copulate mate;squad team;staff faculty;stage phase degree theatrical histrionics presentation demonstration stager staging;stalls stable
standstill deadlock impasse stalemate;star adept sensation maven mavin virtuoso hotshot superstar whiz whizz wizard headliner
start originate initiate begin commence beginning commencement outset kickoff showtime offset inaugurate newcomer fledgling fledgeling
state province tell narrator storyteller telling apprisal notification affirmation assertion statement submit posit argument;station berth post;status condition;stay remain bide abide stick arrest halt hitch stoppage stop
stays corset girdle gird;step measure pace stride tread footfall footstep footprint footmark;stock inventory stockist stockpile reserve stockpiling store fund gunstock
stop halt stanch staunch kibosh discontinue cease quit arrest hitch stay stoppage cessation surcease stopover;storage store storehouse depot entrepot
store shop patronize patronise frequent browse fund stockist stocker stock stockpile storage storehouse depot entrepot;storey floor;storm tempest ramp rage fury rampage violence;story narrative narration tale tell narrate recount
stream watercourse rivulet rill runnel streamlet;strike hitter hitting striking impress affect
student pupil educatee educate studentship study scholar bookman eruditeness erudition learnedness learning scholarship encyclopedism encyclopaedism
study survey consider analyze analyse examine appraise examen analyzer analyser analyst analysis discipline bailiwick student;style manner mode fashion hairdresser hairstylist stylist styler stylize stylise conventionalize title
subject topic theme;subscribe sign signature signer signatory;subscriber endorser indorser ratifier sign ratify second endorse indorse back reader;supervisor oversee supervise superintend monitor
supplier provider supply provide render furnish;support defend back endorse indorse backing patronage sponsor supporter assistant helper help funding keep livelihood;surface coat surfacing coating finish finishing;surname cognomen
survey study consider analyze analyse examine appraise resume summarize summarise sketch outline adumbrate;survival endurance survive last exist subsist;survive last survival endurance survivor subsister
survivor subsister exist subsist survive outlive outlast;suspect distrust mistrust defendant surmise guess conjecture supposition surmisal speculation intuition hunch suspicion distrustfulness
swim swimming float swimmer natator bather floating natation flotation floatation;symbol typify symbolize symbolise represent symbolization symbolisation
table tabularize tabularise tabulate postpone prorogue shelve defer remit putoff postponement deferment deferral shelver prorogation;takings take proceeds yield generate
talk talking speak mouth verbalize verbalise verbalization verbalisation speaker talker verbalizer verbaliser sass sassing backtalk;tallness height;target prey quarry direct place spot object objective
task undertaking project labor labour toil travail drudge moil contrive design undertake attempt chore subcontract;taxi taxicab;teacher instructor instructorship teach instruct teachership;team squad teamster;technician proficiency technique
telephone phone telephony telephonist ringing tintinnabulation phoner telephoner call;temp temporary;tenant renter hire charter lease occupancy tenancy tenantry;tenure incumbency;terminal depot
terminate ending cease endpoint termination terminus finale finis finish last close finishing closing;termination expiration expiry expire endpoint terminus terminate cease;territory district dominion zone
test trial tryout essay sample quiz examination exam examen examiner tester quizzer trier attempter essayer;theatre theater dramaturgy dramatics;thick midst;ticker heart pump watch tick ticktock ticktack
ticket label mark fine mulct amercement;tier grade level rate rank;time clip clock timekeeper timer clocking timing;title entitle style;toll cost toller ringer;tongue lingua glossa clapper;tonnage tunnage;topic subject theme matter count
total aggregate number amount summate measure quantity numeral count counting numeration enumeration plus adder;tour circuit tourist tourer holidaymaker spell;town township townspeople townsfolk;track course traverse cross chase trail tail
train string educate education instruction didactics training grooming trainee trainer homework prep;trainer groom coach train educate;transaction dealing conduct transact;transactions minutes proceedings
transfer transportation transferral bring fetch transport carry transferee reassign reassignment transferer transferrer
travel traveling travelling journey move locomote locomotion motivity movement motion traveler traveller journeying wayfarer journeyer;traveler traveller journey travel jaunt move locomote
traveller traveler journey travel jaunt move locomote;tree treelet corner recess recession niche nook;tremor shudder shiver microseism quake earthquake temblor seism;trial test tryout essay sample;trip jaunt stumble stumbler tripper
truck motortruck teamster trucker hauling trucking truckage;trunk bole;tuition tutelage tutorship coach tutor;tune melody melodize melodise tuning tuner;turn bend crook turning twist;turnout widening
tutor coach tutelage tuition tutorship guardianship;type typecast typify epitomize epitomise eccentric typewrite typewriter typing typewriting typist;unit unitize unitise;update updating
usage utilization utilisation exercise practice practise exert utilize utilise apply employ habituate custom;user utilize utilise apply employ exploiter exploit
utilization usage utilisation exercise practice practise exert utilize utilise apply employ habituate;vacancy void vacuum;vacation holiday vacationer vacationist revoke annul countermand repeal rescind vacationing
value evaluate valuate assess appraise valuer prize treasure;variety assortment miscellany miscellanea salmagundi smorgasbord potpourri motley variegate conflate commingle immix fuse coalesce merge
velocity speed hurry accelerate rush hotfoot hasten race quicken;vendor seller marketer vender trafficker traffic peddle monger huckster hawk vend market sell;venue locale locus localize localise;version alter vary;vessel watercraft
victim victimize victimise dupe gull slang befool;victory triumph;view perspective consider regard vista panorama opinion sentiment persuasion consideration viewer
violation misdemeanor misdemeanour infraction infringement conflict infringe contravene transgress offend infract violate breach encroach impinge;visit inspect visitor visitant visiting
visitor visitant visit inspect chat confabulate confab chitchat chaffer natter gossip claver;volume bulk;vote ballot voting balloting suffrage voter elector;voucher verifier verify guarantee vouch
wage earnings remuneration salary recompense remunerate earn garner battle fight engagement;wait delay postponement halt waiting waiter;waiter server waitress wait await;waiting wait;ward guard warder
warehouse warehouser warehouseman repositing reposition warehousing;warmth heat warmheartedness;warranty guarantee warrant vouch;waste wastefulness fritter fool squander ware prodigal profligate squanderer thriftlessness wastrel waster
watch ticker tick ticktock ticktack spectator witness viewer watcher looker perceiver percipient observer beholder notice;water irrigate irrigation waterer watering;wealth wealthiness;weapon gird weaponize;weather endure brave
weigh deliberation weighing advisement consideration;weight burden burthen load loading slant weighting angle;width breadth;wind thread meander ribbon ramble curve;windmill aerogenerator;wing flier flyer flight flying;wingspan wingspread
winner victor gain;withdraw retreat recede pullback receding retire retirement retiree;withdrawal backdown unsay;woman womanhood muliebrity feminize feminise effeminize effeminise womanize philander womanise;work actor doer worker employment
worker work proletarian prole;workforce manpower hands;workout exercise exercising;world universe existence cosmos macrocosm;wounded maimed;write indite writing authorship penning writer author
writer author writing authorship penning write indite;year twelvemonth;years geezerhood geezer senesce maturate;yield output generate take takings proceeds give afford
zone district territory dominion partition partitioning segmentation sectionalization sectionalisation
`;
