/** What a word or phrase of a question does, apart from naming data. */
export type Role =
  | 'ask-count'
  | 'ask-often'
  | 'ask-much'
  | 'ask-which'
  | 'ask-list'
  | 'ask-who'
  | 'ask-when'
  | 'ask-where'
  | 'ask-how'
  | 'ask-exists'
  | 'share'
  | 'fraction'
  | 'rate'
  | 'compare'
  | 'difference'
  | 'distinct'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'median'
  | 'stddev'
  | 'variance'
  | 'range'
  | 'correlation'
  | 'per'
  | 'by'
  | 'each'
  | 'most'
  | 'least'
  | 'common'
  | 'rare'
  | 'top'
  | 'bottom'
  | 'sort'
  | 'ascending'
  | 'descending'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'eq'
  | 'between'
  | 'above-average'
  | 'below-average'
  | 'not'
  | 'without'
  | 'null'
  | 'among'
  | 'and'
  | 'or'
  | 'to'
  | 'from'
  | 'than'
  | 'be'
  | 'relative'
  | 'starts'
  | 'ends'
  | 'contains'
  | 'rows'
  | 'person'
  | 'year'
  | 'decade'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'weekday'
  | 'hour'
  | 'yearly'
  | 'quarterly'
  | 'monthly'
  | 'weekly'
  | 'daily'
  | 'hourly'
  | 'in'
  | 'since'
  | 'before'
  | 'after'
  | 'until'
  | 'trade'
  | 'filler'
  | 'young'
  | 'over-time';

const PHRASES: Readonly<Record<Role, string>> = {
  'ask-count': `how many|number of|the number of|count|counts|count of|count|the count of|amount of|total number of|total count of|
    overall number of|tally of|tally|headcount of|headcount|head count|volume of|numbers of|quantity of`,
  'ask-often': 'how often|how many times|how frequently',
  'ask-much': 'how much',
  'ask-which': 'which|what|which of|what are|what is|whats|what were|what was',
  'ask-list': `list|show|show me|give me|give|display|name|find|get|tell me|enumerate|print|return|fetch|see|view|
    list all|show all|list out|pull up|who are|i want|i need|i would like|retrieve|look up`,
  'ask-who': 'who|whom|whose',
  'ask-when': 'when|on what date|on which date|what date|which date',
  'ask-where': 'where',
  'ask-how': 'how',
  'ask-exists': `is there|are there|is there any|are there any|was there|were there|were there any|was there any|
    do we have any|do any|does any|is any|are any|did any|have any|has any|did anyone|does anyone|is anyone|has anyone|was anyone|did somebody|is there anyone|was there anyone|do we have|is there a|do we have a`,
  share: `how much of the|how much of our|how much of all|percentage|percent|share|what percentage|what share|percentage of|percent of|share of|% of|%|pct`,
  fraction: 'fraction|proportion|fraction of|proportion of|ratio|ratio of|part of',
  rate: 'rate|rates',
  compare: 'compare|comparison|comparison of|compared|versus|vs|compared to|compared with',
  difference: 'difference|difference in|difference between|the gap|gap between|gap in|differ|gap',
  distinct: 'different|distinct|unique|various|separate',
  sum: `total|sum|sum of|the sum of|combined|total of|in total|altogether|overall|cumulative|sum up|add up|all together|
    summed|aggregate|totals`,
  avg: 'average|mean|avg|average of|mean of|typical|usual|on average|typically|averages|averaged|in average|the average of',
  min: 'minimum|min|minimum of|at minimum',
  max: 'maximum|max|maximum of|peak',
  median: 'median|median of|middle|50th percentile',
  stddev: 'standard deviation|standard deviation of|stddev|std dev|stdev|standard deviation in',
  variance: 'variance|variance of|variance in',
  range: 'range|range of|spread|spread of',
  correlation: 'correlation|correlation between|correlated|correlate|correlation of',
  per: `per|for each|for every|in each|in every|of each|of every|at each|at every|by each|on each|within each|across|
    grouped by|group by|broken down by|split by|according to|depending on|for all|from each|separately by|sliced by|
    segmented by|for the different|across all|over the|split up by|break down by|vary by|varies by|vary with|differ by|
    divided by|categorized by|across the|as per|with each|split out by|summarised by|summarized by|broken out by`,
  by: 'by',
  each: 'each|every',
  most: 'most|the most|highest|largest|greatest|biggest|maximal|top most|the greatest number of|the highest number of',
  least: 'least|the least|lowest|smallest|fewest|the fewest|minimal|the lowest number of|slightest',
  common: `most common|most used|most sought after|most frequent|commonest|most popular|most often|most frequently|most typical|predominant|
    most commonly|most occurring|most numerous|busiest|most in demand|in most demand|like best|like most|like the most|liked best|liked most|love most|prefer|favour`,
  rare: 'least common|rarest|quietest|slackest|least frequent|least popular|least often|most rare|most uncommon|least busy',
  top: 'top|first|highest|best|leading|largest|biggest',
  bottom: 'bottom|last|lowest|worst|smallest',
  sort: `sorted by|ordered by|sort by|order by|ranked by|in order of|rank by|arranged by|sorted|ordered|ranked|sort|sort it|sort them|order it|order them|rank them|sorted on|
    sort them by|order them by|ranked according to|in the order of`,
  ascending: `ascending|in ascending order|from lowest to highest|lowest first|smallest first|from low to high|
    increasing|from smallest to largest|alphabetically|in alphabetical order|a to z|oldest first|cheapest first|earliest first`,
  descending: `descending|in descending order|from highest to lowest|highest first|largest first|from high to low|
    decreasing|from largest to smallest|biggest first|newest first|latest first|most recent first|most expensive first`,
  gt: `more than|greater than|over|above|exceeding|exceeds|exceed|higher than|larger than|bigger than|in excess of|
    upwards of|north of|beyond|older than|longer than|bigger than|exceeded|surpassing|>|better than|greater|past|
    costing more than|weighing more than|no fewer than one above|topping`,
  gte: `at least|no less than|not less than|a minimum of|minimum of|or more|or higher|or above|and above|no fewer than|
    and up|or greater|or over|and over|or older|or better|>=|greater than or equal to|from|starting at|or longer`,
  lt: `less than|fewer than|under|below|lower than|smaller than|beneath|younger than|shorter than|worse than|not even|<|
    south of|short of|less`,
  lte: `at most|no more than|not more than|up to|a maximum of|maximum of|or less|or fewer|or below|or lower|or under|
    not exceeding|<=|less than or equal to|or younger|and below|and under|max of|within|or shorter|or cheaper`,
  eq: `exactly|equal to|equals|equal|precisely|of exactly|just|set to|only|named|called|titled|with the name|
    with the title|labelled|labeled|known as|whose name is`,
  between: 'between|ranging from|from|in the range|in between|anywhere between|range between',
  'above-average': `above average|above the average|more than average|more than the average|higher than average|
    higher than the average|greater than the average|over the average|above the mean|better than average|
    greater than average|larger than average|larger than the average|longer than average|over average|
    bigger than average|heavier than average`,
  'below-average': `below average|below the average|less than average|less than the average|lower than average|
    lower than the average|under the average|below the mean|fewer than average|smaller than average|
    smaller than the average|under average|shorter than average|lighter than average|worse than average`,
  not: `not|never|non|excluding|except|except for|other than|besides|apart from|aside from|but not|
    that are not|who are not|which are not|rather than|no longer|exclude|leaving out|ignoring|outside|outside of|
    not from|not in|anything but|everything but|all but`,
  without: `without|without any|without a|no|lacking|lack|lacks|with no|have no|has no|had no|having no|
    do not have|does not have|did not have|not having|do not have any|does not have any|do not have a|does not have a|
    free of|with out|out of|missing|miss|are missing|is missing|that lack|not have|not have any|not have a|zero`,
  null: `is null|null|is unknown|are unknown|unknown|is missing|missing|is empty|empty|blank|is blank|not known|
    not recorded|unrecorded|not available|unavailable|not given|not specified|unspecified|undefined|not set|not filled in|
    is not known|are missing|recorded|is not recorded|was not recorded|no recorded|not reported|is not given|was missing`,
  among: 'among|amongst|out of all|of all|of the|within|among all|among the',
  and: 'and|as well as|along with|plus|and also|together with|both|and the|&',
  or: 'or|either|nor|and or',
  to: 'to|and|through|till|until|up to|-',
  from: 'from',
  than: 'than',
  be: 'is|are|was|were|be|been|being',
  relative: 'that|who|which|where|whose|with|having|have|has|had|when',
  starts: `starting with|start with|starts with|beginning with|begin with|begins with|that start with|starting in|
    which start with|starting with the letter|start with the letter|starts with the letter|begin with the letter`,
  ends: 'ending with|end with|ends with|ending in|end in|ends in|that end with|ending with the letter|ending on',
  contains: `containing|contain|contains|including the word|with the word|include the word|that contain|that contains|
    containing the word|contains the word|contain the word|has the word|having the word|includes the word|including|include|includes|mentioning|mention`,
  rows: `rows|row|records|record|entries|entry|observations|observation|cases|case|items|data points|samples|sample|
    results|instances|instance|ones|things|lines|occurrences|events|event|incidents|incident|accidents|accident|times|reports|examples|readings|reading|measurements|measurement`,
  person: `people|person|persons|individuals|individual|members|everyone|humans|folks|guys|somebody|anyone|anybody|everybody|participants|
    respondents`,
  year: 'year|years|calendar year',
  decade: 'decade|decades',
  quarter: 'quarter|quarters',
  month: 'month|months|calendar month',
  week: 'week|weeks|calendar week',
  day: 'day|days|date|dates',
  weekday: 'weekday|weekdays|day of week|day of the week|days of the week|which weekday',
  hour: 'hour|hours|hour of day|hour of the day|time of day|time of the day',
  yearly:
    'yearly|annual|annually|year by year|year over year|each year|every year|per year|by year|per annum|a year|over the years',
  quarterly: 'quarterly|each quarter|every quarter|per quarter|by quarter|quarter by quarter',
  monthly: 'monthly|each month|every month|per month|by month|month by month|a month|over the months',
  weekly: 'weekly|each week|every week|per week|by week|week by week|a week',
  daily: 'daily|each day|every day|per day|by day|day by day|a day',
  hourly: 'hourly|each hour|every hour|per hour|by hour|hour by hour|an hour',
  in: 'in|during|on|at|throughout|for|of|within|over|dated|from',
  since: 'since|from|starting|starting in|starting from|beginning in|from the start of|as of|since the start of',
  before: 'before|prior to|earlier than|preceding|older than|up until|by the end of|until before',
  after: 'after|later than|following|past|newer than|more recent than|beyond|post',
  until: 'until|till|through|up to|to|up until',
  filler: `through the shop|in the shop|at the shop|in our shop|to the shop|to our shop|on our books|on the books|on our hands|for us|out of the door|out the door|through the door|through the doors|through our doors|on board|aboard|onboard|at all|so far|in the data|in the dataset|in the table|in our data|in the database|in this table|
    in this dataset|in the list|in the file|all together|to date|of all time|in history|in the world|as a whole|each and every|world|worldwide|global|globally|please`,
  young: 'children|kids|adults|minors|teenagers|teens|seniors',
  'over-time': `over time|trend over time|as time goes by|through time|trend|trends|trend of|trend in|trends in|evolution of|
    evolution|development of|development over time|change over time|changed|evolved|evolve|developed over time`,
  trade: 'sold|sell|selling|sells|bought|buy|purchased|ordered|order|buying|purchasing|ordering',
};

interface Entry {
  readonly words: readonly string[];
  readonly role: Role;
}

const byFirstWord = new Map<string, Entry[]>();
for (const [role, phrases] of Object.entries(PHRASES)) {
  for (const phrase of phrases.split('|')) {
    const words = phrase.trim().split(/\s+/);
    const entry: Entry = { words, role: role as Role };
    byFirstWord.set(words[0]!, [...(byFirstWord.get(words[0]!) ?? []), entry]);
  }
}

/** Phrases that begin with the word: their other words must follow. */
export function phrasesFrom(word: string): readonly Entry[] {
  return byFirstWord.get(word) ?? [];
}
