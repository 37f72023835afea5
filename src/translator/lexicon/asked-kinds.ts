const set = (words: string) => new Set(words.trim().split(/\s+/));

/** Names of columns of people who do what a row tells, the first to be asked for with `who`. */
const DOERS =
  set(`agent salesperson seller rep representative assigned assignee operator officer inspector technician engineer mechanic
  driver teacher instructor trainer coach doctor physician nurse surgeon consultant therapist manager director author writer artist
  composer producer editor reviewer auditor investigator judge pilot captain courier clerk cashier employee staff worker handler owner
  lead supervisor tutor lecturer provider chef waiter guide librarian host ranger observer analyst planner crew winner champion actor
  singer performer designer architect photographer scientist researcher practitioner clinician advisor adviser broker banker lawyer
  attorney solicitor recruiter interviewer examiner assessor counsellor counselor caseworker dispatcher packer picker scorer referee`);
/** People to whom it is done. */
const OTHERS =
  set(`customer client patient user member student visitor guest tenant borrower passenger player subscriber applicant
  candidate donor participant person attendee voter resident buyer shopper payer debtor renter reader caller pupil learner rider
  policyholder holder cardholder account contact lender sponsor recipient victim suspect defendant`);
/** Bodies that act as people do. */
const BODIES =
  set(`supplier vendor company firm manufacturer maker brand retailer carrier airline bank insurer publisher studio
  contractor organisation organization agency authority utility employer shop team club party distributor partner operator lender
  university school hospital department builder developer landlord merchant dealer restaurant`);
const PLACES =
  set(`city town location place address country state region island site venue county district street zone area ward
  branch store shop building room hall station port airport park school campus office centre center neighbourhood neighborhood village
  farm field plant factory warehouse depot lane road suburb borough parish province continent nation municipality territory court
  museum hotel library hospital clinic gym beach stop terminal gate dock yard market mall stadium club destination origin settlement`);
/** Places that somebody or something comes from. */
const ORIGINS = set('country origin nationality hometown homeland');
/** What a row is about, where it is no person and no place. */
const THINGS =
  set(`product item article good goods title reason violation offence offense cause fault defect component part topic
  subject species service treatment procedure diagnosis disease symptom complaint issue crime course dish meal exhibition play film
  movie song show game sport crop model material ingredient purpose incident event activity`);

export type AskedKind = 'doer' | 'other' | 'body' | 'place' | 'origin' | 'thing';
const KINDS: Readonly<Record<AskedKind, ReadonlySet<string>>> = {
  doer: DOERS,
  other: OTHERS,
  body: BODIES,
  place: PLACES,
  origin: ORIGINS,
  thing: THINGS,
};

/** Whether a word of a column's name tells that the column holds such things. */
export function namesKind(word: string, kind: AskedKind): boolean {
  return KINDS[kind].has(word) || KINDS[kind].has(word.replace(/s$/, ''));
}

/** What those do who get something, rather than those who do the work. */
const GETTING =
  set(`buy buys bought buying order orders ordered ordering owe owes owed owing pay pays paid paying spend spends spent
  spending visit visits visited book books booked booking borrow borrows borrowed rent rents rented subscribe subscribed cancel
  cancelled complain complains complained donate donates donated return returns returned attend attended call calls called`);

/** Whether a verb is one of buyers and guests. */
export function isGetting(word: string): boolean {
  return GETTING.has(word);
}
