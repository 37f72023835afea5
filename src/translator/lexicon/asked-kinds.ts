const set = (words: string) => new Set(words.trim().split(/\s+/));

/** Names of columns of people who do what a row tells, the first to be asked for with `who`. */
const DOERS =
  set(`leader agent salesperson seller rep representative assigned assignee operator officer inspector technician engineer mechanic
  driver teacher instructor trainer coach doctor physician nurse surgeon consultant therapist manager director author writer artist
  composer producer editor reviewer auditor investigator judge pilot captain courier clerk cashier employee staff worker handler
  lead supervisor tutor lecturer provider chef waiter guide librarian host ranger observer analyst planner crew winner champion actor
  singer performer designer architect photographer scientist researcher practitioner clinician advisor adviser broker banker lawyer
  attorney solicitor recruiter interviewer examiner assessor counsellor counselor caseworker dispatcher packer picker scorer referee
  stylist barber hairdresser groomer vet nurse midwife dentist hygienist attendant volunteer skipper gardener carpenter plumber electrician
  builder welder fitter roofer painter decorator cleaner baker brewer roaster butcher tailor sitter walker carer caretaker warden keeper
  translator interpreter programmer developer machinist printer binder bartender barista waitress sommelier lifeguard paramedic medic
  porter concierge receptionist cameraman presenter announcer conductor soloist dancer choreographer curator archivist surveyor valuer adjuster approver
  emp mgr rep   assessor adjuster underwriter seller negotiator rider messenger sorter loader foreman assembler tester arborist forester farmer beekeeper
  trapper hunter fisherman catcher diver climber guardian marshal steward usher moderator facilitator specialist expert professional`);
/** People to whom it is done. */
const OTHERS =
  set(`customer client patient user member student visitor guest tenant borrower passenger player subscriber applicant
  candidate cust emp employee donor participant person attendee voter resident buyer shopper payer debtor renter reader caller pupil learner rider
  policyholder owner holder cardholder account contact lender sponsor recipient victim suspect defendant`);
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

/** What rows are sorted into, where no column says what they are about. */
const CLASSES = set('type category kind class sort group variety');

/** The way in which people do something. */
const MANNERS = set(
  'method methods channel mode via medium source means way transport platform device carrier referrer',
);

export type AskedKind = 'doer' | 'other' | 'body' | 'place' | 'origin' | 'thing' | 'class' | 'manner';
const KINDS: Readonly<Record<AskedKind, ReadonlySet<string>>> = {
  doer: DOERS,
  other: OTHERS,
  body: BODIES,
  place: PLACES,
  origin: ORIGINS,
  thing: THINGS,
  class: CLASSES,
  manner: MANNERS,
};

/** Whether a word of a column's name tells that the column holds such things. */
export function namesKind(word: string, kind: AskedKind): boolean {
  return KINDS[kind].has(word) || KINDS[kind].has(word.replace(/s$/, ''));
}

const GIVING =
  set(`buy buys bought buying order orders ordered ordering owe owes owed owing pay pays paid paying spend spends spent
  spending book books booked booking spender spenders payer payers buyer buyers
  borrow borrows borrowed rent rents rented hire hires hired subscribe subscribed cancel cancelled
  complain complains complained donate donates donated return returns returned`);
const COMING = set('visit visits visited attend attended call calls called');

/** Whether a verb is one of buyers and guests, rather than of those who do the work; `only`: of nobody else. */
export function isGetting(word: string, only = false): boolean {
  return GIVING.has(word) || (!only && COMING.has(word));
}
