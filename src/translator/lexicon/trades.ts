import { stem } from '../text/stem.js';

/**
 * What people call the rows of tables of a trade, and those who appear in them: such words limit nothing. A line holds words
 * that table and column names of the trade have, then everyday names for its rows, then names for its people.
 */
const LINES = `
roast roaster roasting cupping espresso brew | coffee coffees bean beans roast roasts | roasters
delivery deliveries route parcel shipment courier driver consignment | delivery drop drops run runs round rounds shipment shipments | drivers
museum exhibition gallery visit visitor admission ticket audio | visit visits trip trips | guests visitors people visitor guest
parking ticket violation fine plate officer permit vehicle meter | ticket tickets fine fines citation citations penalty penalties | motorists drivers motorist
tariff supplier fuel rate contract standing unit renewable | deal deals tariff tariffs plan plans offer offers contract contracts power energy | households consumers
order purchase product customer quantity cart basket checkout | order orders sale sales purchase purchases deal deals parcel parcels | shoppers buyers customers clients
subscription plan billing mrr churn renewal trial | subscription subscriptions membership memberships plan plans | subscribers users members
booking reservation guest room night hotel checkin checkout stay | booking bookings reservation reservations stay stays | guests travellers visitors
flight airline departure arrival airport aircraft passenger | flight flights trip trips plane planes | passengers travellers flyers
trip bike ride station rental duration rider | trip trips ride rides journey journeys bike bikes | riders cyclists people
taxi fare pickup dropoff trip cab | trip trips ride rides fare fares cab cabs | passengers
patient appointment clinic doctor diagnosis admission ward specialty outpatient hospital | appointment appointments visit visits consultation consultations | patients people
participant trial site arm dose adverse enrolled cohort screening | trial trials study studies | participants patients volunteers people
loan borrower interest principal credit repayment lender | loan loans credit credits | borrowers people
book library loan due borrower author shelf title | book books title titles | readers borrowers people
student exam course grade school teacher score subject | student students pupil pupils exam exams | students pupils kids
employee salary department hire manager staff payroll position | employee employees staff worker workers | people staff employees
ticket support priority resolved agent queue issue helpdesk | ticket tickets case cases issue issues request requests | customers users
call caller agent queue wait talk hold outcome | call calls conversation conversations | callers people customers
theatre performance seat show play audience stalls box production | booking bookings ticket tickets show shows performance performances | patrons people theatregoers
concert venue ticket artist tour gig | concert concerts gig gigs show shows | fans people
film movie box gross studio director rating genre | film films movie movies picture pictures | viewers people
song track album artist stream play genre | song songs track tracks tune tunes | listeners fans
game match team goals season player league score | game games match matches fixture fixtures | players fans
permit building application applicant inspector zoning construction dwelling | permit permits application applications project projects job jobs | builders applicants people
inspection inspector violation restaurant score grade hygiene | inspection inspections visit visits check checks | inspectors
turbine wind power output blade farm rotor capacity | turbine turbines windmill windmills machine machines unit units | technicians engineers
maintenance visit technician downtime repair equipment asset | visit visits job jobs callout callouts service services | technicians engineers mechanics
machine production shift defect output scrap batch operator | batch batches run runs lot lots part parts | operators workers
meter reading usage kwh consumption household energy | reading readings | households customers
vehicle fleet mileage odometer fuel litres driver refuel | vehicle vehicles car cars van vans truck trucks | drivers
accident crash injury severity collision road casualty | accident accidents crash crashes collision collisions | people drivers
crime offence incident arrest police victim suspect | crime crimes offence offences incident incidents | people suspects victims
fire alarm incident brigade station response dispatch | fire fires alarm alarms callout callouts | firefighters crews
listing property house home bedrooms price agent sqft realtor | house houses home homes property properties place places listing listings | buyers owners people
rent tenant lease apartment landlord unit deposit | flat flats apartment apartments lease leases rental rentals | tenants renters
donation donor campaign fund charity pledge gift | donation donations gift gifts pledge pledges | donors givers people
campaign impression click ad conversion spend channel | ad ads advert adverts campaign campaigns | users people
session pageview bounce referrer browser website visitor | visit visits session sessions hit hits | visitors users people
policy claim premium insured coverage insurance | claim claims policy policies | customers policyholders people
invoice supplier amount due paid vendor billing | invoice invoices bill bills | customers clients suppliers
account transaction balance deposit withdrawal bank branch | transaction transactions | customers clients people
stock inventory warehouse sku reorder supplier | item items product products article articles | suppliers
menu dish restaurant order table waiter tip | order orders meal meals dish dishes | diners guests people
recipe ingredient bakery loaf pastry oven | order orders batch batches | bakers
harvest crop field yield variety farm acreage | harvest harvests crop crops | farmers growers
animal shelter adoption breed intake pet | animal animals pet pets | owners adopters people
tree species trunk diameter planting height park | tree trees | people
bird sighting species strike wingspan count | bird birds sighting sightings | observers birdwatchers
earthquake magnitude depth epicenter epicentre quake | quake quakes earthquake earthquakes tremor tremors | people
weather temperature precipitation wind humidity rain station | day days | people
storm hurricane flood disaster damage deaths affected | storm storms disaster disasters | people victims
election vote candidate party turnout ballot | vote votes election elections | voters people
census population household age region birth | household households | people residents inhabitants
job vacancy posting employer applicant salary skill | job jobs vacancy vacancies opening openings post posts role roles | applicants people candidates
employment workers industry sector unemployed payroll jobs | job jobs | people workers
race lap driver circuit finish team qualifying | race races lap laps | drivers racers
swim runner marathon race finish athlete heat medal | race races event events | athletes runners
gym class member checkin trainer workout | class classes workout workouts session sessions visit visits | members people
course enrolment lecture module lecturer semester | course courses module modules class classes | students lecturers
project task milestone hours client deadline | project projects task tasks job jobs | people staff
survey response question respondent answer rating | answer answers response responses survey surveys | people respondents
vet veterinary animal species breed pet owner treatment vaccination | animal animals pet pets patient patients visit visits appointment appointments consultation consultations | owners people
garage repair mechanic labour parts odometer brake tyre plate service | car cars vehicle vehicles repair repairs job jobs service services | customers drivers owners motorists people
campsite camping pitch tent caravan arrival departure nights | booking bookings stay stays guest guests camper campers | campers guests visitors people families holidaymakers
hostel dormitory bed arrival departure nights guest | booking bookings stay stays | guests travellers backpackers people
salon stylist hair barber colour cut appointment client | appointment appointments visit visits haircut haircuts booking bookings | clients customers people
spa massage therapist treatment client session | treatment treatments session sessions appointment appointments | clients guests customers people
dentist dental tooth hygienist appointment patient | appointment appointments visit visits check checks | patients people
physio therapy therapist session patient injury | session sessions appointment appointments | patients clients people
pharmacy prescription drug medicine dose patient | prescription prescriptions | patients customers people
vaccination vaccine dose batch clinic jab | vaccination vaccinations jab jabs shot shots dose doses | patients people
blood donation donor haemoglobin hemoglobin volume | donation donations | donors people volunteers
food parcel household referral volunteer bank | parcel parcels | households families people
charity shop donation volunteer item | item items donation donations | donors people
recycling waste material drop load bin depot skip landfill | load loads drop drops delivery deliveries visit visits collection collections | visitors residents people
refuse bin collection truck street recycling | collection collections pickup pickups | residents households people
driving lesson instructor learner test transmission | lesson lessons | learners students pupils people
lesson tutor subject pupil student instrument teacher | lesson lessons | pupils students learners kids people
dance class school teacher dancer pupil | class classes lesson lessons | dancers pupils students people
nursery kindergarten child daycare parent attendance | child children kid kids | parents children kids families
ferry crossing vessel route passenger sailing captain | crossing crossings sailing sailings trip trips | passengers travellers people
bus route stop driver passenger delay timetable | trip trips ride rides run runs bus buses | passengers riders travellers people
train platform station operator passenger delay carriage | train trains trip trips journey journeys | passengers commuters travellers people
tram line stop passenger delay | tram trams trip trips | passengers riders people
ship cargo port berth vessel container tonnage | ship ships vessel vessels voyage voyages call calls | crews
container shipment customs port carrier freight | shipment shipments container containers | shippers
pool swimming lane entry locker swim sauna | visit visits entry entries swim swims | swimmers visitors guests bathers people
ski lift slope rental pass snow resort | rental rentals ride rides day days | skiers riders guests visitors people
rental equipment item deposit renter returned hire | rental rentals hire hires item items | renters customers people
boat rental marina berth mooring sail | boat boats rental rentals | sailors renters customers people
climbing gym wall route session visitor | session sessions visit visits | climbers visitors people
golf course tee hole handicap round player | round rounds game games | golfers players people
tennis court booking player club match | match matches booking bookings game games | players members people
club member membership fee joined sport | member members membership memberships | members people
bowling lane game player shoe | game games | players bowlers people
escape room team group puzzle hint booking | game games booking bookings team teams | players teams people
festival stage act band ticket visitor camping | act acts show shows gig gigs | festivalgoers visitors fans people
cinema screening film seat ticket screen | screening screenings show shows | moviegoers visitors viewers people
radio podcast episode listener download host | episode episodes show shows | listeners people
video channel views upload likes stream | video videos clip clips | viewers people
newspaper article author headline reader | article articles story stories piece pieces | readers people
shelter animal adoption intake kennel species adopted | animal animals pet pets | adopters owners people
zoo animal enclosure keeper species birth | animal animals | visitors keepers
farm cow milk dairy herd barn | cow cows animal animals | farmers
sheep flock lamb ewe wool | sheep animal animals | farmers shepherds
beehive hive honey apiary colony beekeeper | hive hives harvest harvests | beekeepers
vineyard grape harvest wine barrel vintage | harvest harvests plot plots wine wines | pickers growers
wine bottle vintage grape cellar winery | wine wines bottle bottles | drinkers
beer brewery brew batch hops keg | beer beers brew brews batch batches | brewers drinkers
cheese dairy wheel maturation milk | cheese cheeses wheel wheels batch batches | cheesemakers
fish catch boat skipper gear harbour landed trawl | catch catches trip trips haul hauls | fishermen crews people
greenhouse plant seed nursery bed crop sown | plant plants batch batches bed beds | gardeners
garden plot allotment plant member | plot plots | gardeners members people
forest stand timber harvest log species | tree trees stand stands log logs | foresters
lift elevator fault building engineer trapped | fault faults breakdown breakdowns callout callouts failure failures problem problems | people passengers
boiler heating service engineer fault | fault faults breakdown breakdowns job jobs callout callouts | customers residents people
pothole road street defect report repair | pothole potholes report reports defect defects | residents drivers people
complaint resident department council category | complaint complaints report reports | residents people citizens
streetlight lamp pole outage report | light lights lamp lamps report reports | residents people
water leak pipe main pressure repair | leak leaks burst bursts job jobs | customers residents people
lost found property item finder claimed | item items thing things | finders owners people
locksmith lock door key callout | callout callouts job jobs | customers people
cleaning cleaner client hours property visit | job jobs visit visits cleaning cleanings | clients customers people
moving removal van crew volume address | move moves removal removals job jobs | customers clients people
laundry wash garment item customer | order orders load loads | customers people
tailor garment alteration fabric order | order orders job jobs | customers clients people
print press copies paper job order | job jobs order orders print prints | customers clients people
furniture workshop wood order piece carpenter | order orders piece pieces job jobs | customers clients people
factory line machine output shift downtime | run runs batch batches shift shifts | workers operators
solar panel inverter output site roof | panel panels system systems installation installations | owners households customers
charging station charger plug kwh session ev | session sessions charge charges | drivers users people
parking garage space entry exit vehicle | car cars stay stays visit visits | drivers motorists people
toll road gantry vehicle class plate | trip trips passage passages car cars vehicle vehicles | drivers motorists people
translation language word document translator client | job jobs order orders document documents translation translations | clients customers people
photo shoot photographer client session wedding | shoot shoots session sessions job jobs | clients couples people
wedding venue guest couple event catering | wedding weddings event events | couples guests people
event venue ticket organiser guest attendance | event events | guests visitors attendees people
conference talk speaker session attendee | talk talks session sessions | speakers attendees people
crowdfunding pledged goal backer campaign project | project projects campaign campaigns | backers people supporters
auction lot bid bidder hammer estimate | lot lots item items sale sales | bidders buyers people
art painting artist medium gallery | work works painting paintings piece pieces artwork artworks | artists painters
antique piece dealer period price | piece pieces item items | dealers buyers
coin stamp collection year mint | coin coins stamp stamps item items | collectors
court hearing judge case verdict sentence | case cases hearing hearings trial trials | people defendants
prison inmate sentence release offence | inmate inmates prisoner prisoners | inmates prisoners people
lawyer client matter hours billing case | case cases matter matters | clients people
tax return filing refund taxpayer | return returns | taxpayers people
grant applicant award programme funding | grant grants award awards application applications | applicants people
scholarship student award university applicant | award awards scholarship scholarships | students applicants people
ambulance call response crew incident hospital | call calls callout callouts incident incidents | patients crews people
lifeguard rescue beach swimmer incident | rescue rescues incident incidents | swimmers bathers people
mountain rescue hiker incident team | rescue rescues callout callouts | hikers climbers people
hospital stay ward discharge admission patient surgeon | stay stays patient patients admission admissions operation operations | patients people
operation surgery surgeon theatre patient anaesthetic | operation operations surgery surgeries | patients people
lab sample test result specimen analyst | sample samples test tests | patients people
air quality sensor pollutant station pm no2 | reading readings measurement measurements day days | people
river level gauge flow station | reading readings measurement measurements day days | people
satellite launch rocket orbit mission | launch launches mission missions rocket rockets | people
mission astronaut launch crew spacecraft | mission missions flight flights | astronauts
mine shaft ore tonnage shift | shift shifts run runs | miners workers
quarry load truck stone tonnage | load loads truck trucks | drivers
helpdesk laptop device asset employee | device devices laptop laptops item items | employees people staff
phone repair device screen battery model | phone phones device devices repair repairs job jobs | customers people
bicycle bike workshop repair frame service | bike bikes repair repairs job jobs | cyclists customers people
car dealer sale model mileage price used | car cars vehicle vehicles sale sales | buyers customers people
car wash programme vehicle wax | wash washes car cars | drivers customers people
insurance broker policy premium renewal | policy policies | customers clients policyholders people
mortgage bank applicant property rate term | mortgage mortgages loan loans application applications | borrowers applicants people
lottery draw ticket prize winner | ticket tickets prize prizes | players winners people
casino table game bet player | game games bet bets | players gamblers people
chess game player opening rating | game games match matches | players
choir voice rehearsal singer soprano tenor concert | member members singer singers | singers members people
orchestra instrument player rehearsal concert conductor | member members musician musicians player players | musicians players people
lunch meal canteen portion cook menu school | meal meals lunch lunches dinner dinners dish dishes | kids children pupils people
canteen kitchen meal chef dish portion | meal meals dish dishes | guests diners people
beach rescue lifeguard wave swimmer flag | rescue rescues accident accidents incident incidents emergency emergencies | swimmers bathers people
taxi ride cab driver fare pickup dropoff | ride rides trip trips journey journeys | passengers riders customers people
orchard harvest fruit apple variety picker crate | pick picks harvest harvests | pickers
museum loan artwork artist borrower insured | loan loans work works piece pieces picture pictures painting paintings artwork artworks | people
pothole road repair depth ward contractor | hole holes pothole potholes report reports | residents drivers people
solar installation panel roof kwp battery | system systems installation installations job jobs deal deals | customers owners households people
hive honey apiary mite queen brood | check checks inspection inspections | bees beekeepers
clearance removal skip crew house suburb | job jobs clearance clearances | clients customers people
review rating stars product reviewer comment | review reviews rating ratings | reviewers people customers
`;

interface Trade {
  readonly evidence: ReadonlySet<string>;
  readonly rows: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
}

const words = (part = '') => part.trim().split(/\s+/);
const TRADES: readonly Trade[] = LINES.trim()
  .split('\n')
  .map((line) => {
    const [evidence, rows, people] = line.split('|');
    return {
      evidence: new Set(words(evidence).map(stem)),
      rows: new Set(words(rows)),
      people: new Set(words(people)),
    };
  });

/** A table belongs to a trade when so many of its words do, and none other fits much better. */
const LEAST_EVIDENCE = 2;
const NEARLY = 1;

/** Words for the rows of a table and for its people, where the stems of its names show its trade. */
export function tradeWords(stems: ReadonlySet<string>): {
  readonly rows: readonly string[];
  readonly people: readonly string[];
} {
  const found = TRADES.map((trade) => ({ trade, worth: [...trade.evidence].filter((each) => stems.has(each)).length }));
  const most = Math.max(...found.map(({ worth }) => worth));
  const trades = found
    .filter(({ worth }) => worth >= Math.max(LEAST_EVIDENCE, most - NEARLY))
    .map(({ trade }) => trade);
  return { rows: trades.flatMap(({ rows }) => [...rows]), people: trades.flatMap(({ people }) => [...people]) };
}
