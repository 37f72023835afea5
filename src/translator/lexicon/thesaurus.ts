import { root, stem } from '../text/stem.js';

/**
 * Words that people use for one another when they speak of tables: one group a line. General English and the usual
 * abbreviations of column names; nothing that belongs to one data set.
 */
const GROUPS = `
weight mass weigh heaviness wt kilos kg
height tall tallness stature ht elevation altitude
length long size extent len
width breadth wide wd
depth deep deepness
thickness thick
size area surface extent acreage footage sqft floor
volume capacity
distance mileage far dist range
age old years
temperature temp heat warmth degrees
precipitation rain rainfall prcp precip
snow snowfall
wind windspeed breeze gust
pressure barometer
humidity moisture
weather conditions climate
speed velocity fast pace
duration length runtime time minutes lasted last
runtime running length duration minutes
power horsepower hp strength output
engine motor
fuel gas petrol gasoline
mpg mileage economy efficiency consumption
acceleration accelerate
displacement cubic
price cost rate fare fee charge msrp amount expense
paid pay price fare cost amount spent spend
money revenue profit income earnings gross
salesperson seller salesman saleswoman rep representative agent
list asking
assigned agent assignee owner handler responsible
mathematics math maths
cost expense expenditure spending spend outlay price charge
fee charge fare cost toll
shipping delivery freight postage ship
revenue sales turnover income earnings gross proceeds takings receipts
revenue charge fee billing billed bill invoiced
sales sale sold sell revenue
profit margin gain earnings net
budget spending funds funding allocation
salary wage pay earn earnings income compensation remuneration payroll paycheck
income earn earnings wealth salary gdp
gross earnings revenue boxoffice takings earn
tip gratuity
tax vat duty
discount rebate reduction markdown
balance amount owed
debt loan liability owe
payment pay paid
refund return returned
amount sum total value
quantity qty units unit amount count pieces volume
number count num nr no qty quantity
stock inventory storage
total overall sum tot combined
average mean avg
maximum max highest peak top
minimum min lowest
percentage percent pct share proportion perc
ratio rate proportion
rate ratio percentage
score rating grade points mark marks rank stars
rating score stars review grade
rank position ranking place standing
vote votes ballot
review reviews rating feedback comment
country nation land state
state province region
region area zone continent territory
continent region
city town municipality place location
location place site city where venue address
district borough neighborhood neighbourhood area quarter county
county district
address street
zip postcode zipcode postal
latitude lat
longitude lon lng long
origin source from departure start
destination target arrival dest end
population inhabitant people resident pop populous citizen
birth born dob birthday birthdate
death died dead die deceased fatality mortality killed perish casualty
death fatalities victims
survive survived alive survival survivor
gender sex
man male men boy gentleman
woman female women girl lady
name title called label
title name heading
title role position job
firstname forename first
lastname surname last
job occupation profession role position work
employee worker staff personnel colleague staffer employed emp workforce
manager boss supervisor mgr
company firm business corporation organisation organization employer enterprise org vendor
brand make manufacturer maker producer
manufacturer maker producer brand make company mfr
model type version
supplier vendor provider
customer client buyer shopper purchaser cust consumer account
user member account person
member subscriber user
subscribe subscription subscriber subscribed newsletter
student pupil learner
teacher instructor professor lecturer
patient case
doctor physician
passenger traveler traveller rider
product item article good goods merchandise prod
item product article line
category type kind class group genre cat sort
entity type kind category
type kind category sort class
kind type species
species kind animal
genre category type style
class grade tier level
segment group class tier
status state condition stage
condition state status
stage phase step
phase stage
order purchase buy ordered bought
booking reservation reserve book booked reserved
guest visitor customer
night nights stay stays staying
stay visit
loan lend lent lending borrow borrowed credit
borrower debtor applicant
interest apr
money salary wage pay
money amount cost price spent
budget cost
receipt received receive raised income
disbursement spending spend spent expense
industry sector field line
sector industry segment
campaign advertising marketing advert ad ads
advertisement ad advert ads
shop store branch outlet location
warehouse depot storage
crop harvest yield produce
yield output production harvest
emission pollution co2 carbon
energy electricity power
consumption usage use used
usage consumption utilization
capacity power output
temperature hot cold
tuition fee
course class subject lesson
subject course topic
exam test
lecture class
candidate applicant contender nominee
election vote poll
party affiliation
donor contributor giver
donation contribution gift
contribution donation
inspection audit check review
violation offense breach
arrest detention
officer agent
suspect offender
victim casualty
weapon gun
prisoner inmate
neighbour neighbor
household family home
tenant renter lessee
landlord owner
apartment flat unit
elevation altitude
coordinate position location
reading measurement value
sensor device meter
device machine hardware
machine equipment device
shift turn
overtime extra
absence leave sick
bonus premium incentive
tip gratuity
coupon voucher promo discount
promotion discount campaign
markup margin
supplier vendor
warranty guarantee
shipment delivery consignment
parcel package
package parcel bundle
freight cargo load
cargo freight load
tonnage weight
arrival landing arrive
departure takeoff leave
gate terminal
stop station
passenger ridership
fuel gas petrol diesel
purchase buy order bought
sale transaction deal
transaction deal txn payment
invoice bill inv
payment pay method
channel medium source
ship dispatch send shipped sent
deliver delivery arrive
cancel cancellation call
return refund
hire join start recruit employ hired onboard
terminate termination leave quit departure fired end left resign
cancel quit left leave churn terminate end lose lost
join signup register enrol enroll enlist registration
signup joined registered registration subscribe
join signed
fee revenue income
cuisine food dish
hand stock
create created creation open
update updated modified changed
release released publish launch premiere publication issue out came
publish publication publisher
founded establish established found foundation founding
start begin beginning started began commence
end finish finished ended conclude
date day when time
year yr annual
month mo monthly
hour hr
minute min
day date
vacation holiday leave
experience seniority tenure
performance score
education degree qualification schooling
school college university
remote home remotely telework
married marital
child children kid dependents
language tongue
director directed filmmaker direct
author writer written wrote write
artist singer musician performer band
actor actress cast star
movie film picture
song track tune
album record
book novel
studio distributor producer
publisher press
game match fixture play
team club side squad
player athlete
goal score point
win won victory winner
loss lost defeat
coach trainer
flight trip
trip ride journey travel
route connection line path
airline carrier operator
airport airfield
aircraft plane airplane jet
vehicle car automobile auto truck
car vehicle automobile auto
ship vessel boat
train rail
driver chauffeur
accident crash incident collision
incident event accident occurrence case
strike hit collision
damage harm destruction loss
injury injured hurt wounded
crime offense offence
beak bill culmen
flipper wing
animal wildlife species creature
bird fowl
plant crop flower
fruit crop
petal leaf
disease illness condition sickness diagnosis
health life expectancy
life lifespan longevity
gdp income wealth
unemployment jobless
house home property dwelling housing
room bedroom bedrooms bed beds
bathroom bath baths
rent rental
garage parking
floor storey story level
restaurant eatery cafe
dish meal food
calorie energy kcal
ingredient component
recipe dish
email mail
phone telephone tel mobile
website url site link web
description desc details text
id identifier code number key ref
code abbreviation symbol iata
symbol ticker code
color colour
comment note remark
user customer
visit visitor session view
click clicks
view views watch
download downloads
follower fan
post article
active current enabled
discontinued retired ended
late delayed delay overdue
delay late wait
defect fault error bug
priority urgency importance severity
severity seriousness
task ticket issue
project programme program
magnitude strength intensity size mag richter
depth deep
mountain peak
river stream
lake water
star sun
planet world
moon satellite
radius diameter
mass weight
density dense crowded
carat weight
cut quality
clarity quality
quality grade
price value worth
open opening
close closing
high highest
volume turnover
share stock
seat place
ticket fare
cabin room
deck floor
sibling sibsp brother sister spouse
parent parch mother father
embark board port boarded
doctor physician provider clinician practitioner consultant
patient mrn
insurer insurance payer
plan tier package
revenue mrr arr recurring fee pay
auto automatic automatically
power load demand
department division team unit dept org section
leave left quit term terminate
refuel refill fill
odometer mileage
lorry truck
basket cart order purchase
lawyer attorney solicitor counsel
courier carrier shipper
scrap waste reject
outage downtime failure
technician mechanic engineer
organiser organizer host
country origin nationality
admission entry door gate entrance
call ring rang phone phoned dial dialled
reject refuse deny decline refusal rejection denial
approve grant accept approval
abandon drop
escalate escalation
transfer forward transferred
resolve solve fix sort settle resolution
wait hold waiting queue
apply application applicant applied
breakdown failure fault repair broke break
adverse side harm sick unwell
enrol enroll enrolled enrolment recruit recruited join joined
dwelling home flat house apartment housing
contractor builder firm company
contractor developer builder
downtime standstill idle outage
output production generation yield make
seat place ticket
performance show
row seat
fee charge price cost
employment jobs employed
withdraw withdrawn withdrawal dropout discontinue discontinued
survive survived live lived alive
gpa mark marks
satisfaction csat nps happiness
student pupil kid learner
manager boss director supervisor head
restaurant eatery diner place
mentor coach tutor
street road lane avenue
waste wasted leftover leftovers discard discarded binned scrap spoiled
portion serving helping
tyre tire puncture flat
carton crate box
damage broken broke damaged
catch haul
saved rescued save rescue
swimmer bather
drown drowned drowning
install fit fitted installed
quote quoted estimate
worker picker labourer
reimbursed reimbursement refund refunded repaid
defer deferral deferred reject rejected turned refuse
spender spend amount
sickness illness
`;

const byStem = new Map<string, Set<number>>();
const vocabulary = new Set<string>();
for (const [index, line] of GROUPS.trim().split('\n').entries()) {
  for (const word of line.split(' ')) {
    vocabulary.add(word);
    for (const key of new Set([stem(word), ...(/[eo]rs?$/.test(word) ? [] : [root(word)])])) {
      byStem.set(key, (byStem.get(key) ?? new Set()).add(index));
    }
  }
}

/** Groups of the thesaurus that a word belongs to, by its stem. */
export function groupsOf(wordStem: string): ReadonlySet<number> | undefined {
  return byStem.get(wordStem);
}

/** Whether the thesaurus lists the word itself. */
export function isKnownWord(word: string): boolean {
  return vocabulary.has(word);
}

/** Whether two stems stand in one group. */
export function areSynonyms(one: string, other: string): boolean {
  const groups = byStem.get(one);
  const others = byStem.get(other);
  if (!groups || !others) return false;
  for (const group of groups) if (others.has(group)) return true;
  return false;
}
