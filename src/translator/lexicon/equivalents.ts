/** Words that stand for stored values whatever the table: peoples for countries, women for `F`. The first word of a line is asked for, too. */
const LINES = `
usa|us|u s|united states|united states of america|america|american|americans|u s a
united kingdom|uk|great britain|britain|british|gb|england|english
germany|german|germans|de|deu|deutschland
france|french|fr|fra
spain|spanish|es|esp
portugal|portuguese|pt|prt
italy|italian|italians|it|ita
japan|japanese|jp|jpn
china|chinese|cn|chn
india|indian|indians|ind
brazil|brazilian|brazilians|br|bra
canada|canadian|canadians|ca|can
mexico|mexican|mexicans|mx|mex
australia|australian|australians|au|aus
austria|austrian|austrians|at|aut
switzerland|swiss|ch|che
netherlands|dutch|holland|nl|nld
belgium|belgian|be|bel
sweden|swedish|swede|se|swe
norway|norwegian|no|nor
denmark|danish|dk|dnk
finland|finnish|fi|fin
ireland|irish|ie|irl
poland|polish|pl|pol
russia|russian|ru|rus
ukraine|ukrainian|ua|ukr
greece|greek|gr|grc
turkey|turkish|tr|tur
israel|israeli|il
egypt|egyptian|eg
south korea|korea|korean|kr|kor
argentina|argentinian|argentine|ar|arg
chile|chilean|cl
colombia|colombian|co
peru|peruvian|pe
south africa|south african|za|zaf
nigeria|nigerian|ng
kenya|kenyan
thailand|thai
vietnam|vietnamese
indonesia|indonesian
philippines|filipino|philippine
new zealand|nz
czech republic|czechia|czech
hungary|hungarian
romania|romanian
europe|european|europeans|eu
asia|asian|asians
africa|african|africans
new york|nyc|ny|new york city
los angeles|la
san francisco|sf
california|ca|californian
texas|tx|texan
florida|fl
alabama|al
alaska|ak
arizona|az
arkansas|ar
colorado|co
connecticut|ct
delaware|de
georgia|ga
hawaii|hi
idaho|id
illinois|il
indiana|in
iowa|ia
kansas|ks
kentucky|ky
louisiana|la
maine|me
maryland|md
massachusetts|ma
michigan|mi
minnesota|mn
mississippi|ms
missouri|mo
montana|mt
nebraska|ne
nevada|nv
new hampshire|nh
new jersey|nj
new mexico|nm
north carolina|nc
north dakota|nd
ohio|oh
oklahoma|ok
oregon|or
pennsylvania|pa
rhode island|ri
south carolina|sc
south dakota|sd
tennessee|tn
utah|ut
vermont|vt
virginia|va
washington|wa
west virginia|wv
wisconsin|wi
wyoming|wy
f|female|females|woman|women|girl|girls|lady|ladies
m|male|males|man|men|boy|boys|gentleman|gentlemen
y|yes|true
n|no|false
mathematics|maths|math
apartment|flat|flats
mobile|phone|phones|mobile phone|mobile phones|smartphone|smartphones|cell phone
desktop|computer|computers|pc|pcs
rain|rainy|raining|rained
snow|snowy|snowing|snowed
sun|sunny
fog|foggy
cloud|cloudy|clouds
suspect|suspicious|questionable|doubtful
truck|trucks|lorry|lorries
petrol|gasoline
cancelled|canceled
noshow|no show|did not attend|dna
rejected|refused|denied|declined|turned down|knocked back|turned away|thrown out
approved|granted|accepted|waved through|given the go ahead|got the go ahead|said yes
withdrawn|dropout|dropped out|discontinued|quit|left early
abandoned|hung up|gave up|given up|dropped
escalated|bumped up|passed up|sent upstairs
transferred|forwarded|put through|passed on|handed over
resolved|solved|fixed|sorted|settled
pending|waiting|undecided|on hold|in the queue|awaiting
completed|complete|finished|done|wrapped up
failed|fail|flunked
returned|sent back|brought back
inbound|incoming
outbound|outgoing
online|web|website|internet
in person|counter|walk in|on the spot
phone|telephone|by phone|over the phone
email|mail|e mail
adult|adults|grown up|grown ups
child|children|kid|kids|youngster|youngsters
senior|seniors|pensioner|pensioners|oap|elderly
student|students|undergraduate|undergraduates
electric|electrical
new|brand new|first time
returning|repeat|regular|regulars|loyal
rail|train|trains|railway|by train|by rail
flight|flights|plane|planes|airplane|airplanes|by plane|by air|air
taxi|taxis|cab|cabs
car|cars|automobile|by car
bus|buses|coach|by bus
bicycle|bike|bikes|bicycles|cycle|by bike
on foot|walking|pedestrian|pedestrians|foot
hotel|hotels|lodging|accommodation
meal|meals|food|eating out|dining
adoption|adopted|found a home|find a home|found a family|find a family|found a new home|find a new home|rehomed
owner surrender|surrender|surrendered|given up|handed in|gave up
stray|strays|found
fainting|fainted|faint|passed out
theft|stolen|burglary|burgled|robbery
fire|fires|burnt down|burned down
water|leak|flooding|flood
hail|hailstorm
accident|crash|collision
settled|paid out|closed
denied|refused
open|unresolved|ongoing|running
draft|not submitted
cash|notes|coins
card|credit card|debit card|by card
company card|corporate card
full time|fulltime
part time|parttime
employee|staff
trade|business|businesses|company|companies|commercial
private|consumer|household|households|individual|individuals
social|social media|social network|social networks
search|google|search engine|search engines
display|banner|banners
tablet|tablets|ipad|ipads
weekday|working day|working days
high|urgent|critical
low|minor|unimportant
poor|bad|in bad shape|in poor condition
good|fine|in good shape
half day|half days
first time|first timer|first timers|newcomer|newcomers
`;

const equivalents = new Map<string, Set<string>>();
for (const line of LINES.trim().split('\n')) {
  const words = line.split('|');
  for (const word of words) {
    const others = equivalents.get(word) ?? new Set<string>();
    for (const other of words) if (other !== word) others.add(other);
    equivalents.set(word, others);
  }
}

/** Two-letter words that mean something else nearly always. */
const TOO_COMMON = new Set('it is in no be at us me so do to of on or an as by if we he my up go am'.split(' '));

/** Other spellings under which a stored value may stand for the phrase. */
export function equivalentsOf(phrase: string): readonly string[] {
  if (TOO_COMMON.has(phrase)) return [];
  return [...(equivalents.get(phrase) ?? [])];
}
