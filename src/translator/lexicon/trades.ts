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
