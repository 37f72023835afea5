import { seeded, toCsv } from './random.mjs';

const DAY = 86_400_000;
const END = '2024-06-30';
const two = (number) => String(number).padStart(2, '0');
const later = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
const known = (day) => (day !== null && day <= END ? day : null);
const minutesLater = (time, minutes) =>
  new Date(Date.parse(`${time.replace(' ', 'T')}Z`) + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
const dotted = (day) => (day === null ? null : day.split('-').reverse().join('.'));

/** Invented results of advertising, as an export of an advertising account names its columns. */
export function adverts() {
  const { integer, pick, day, chance } = seeded(71_001);
  const campaigns = [
    ['Spring Sale', 'Search', 60],
    ['Brand Awareness', 'Display', 12],
    ['Brand Awareness', 'Video', 9],
    ['Newsletter Push', 'Social', 28],
    ['Retargeting', 'Display', 35],
    ['Retargeting', 'Social', 40],
    ['Summer Launch', 'Search', 52],
    ['Summer Launch', 'Video', 15],
    ['Back to School', 'Social', 31],
  ];
  const rows = Array.from({ length: 1150 }, () => {
    const [campaign, channel, clickRate] = pick(campaigns);
    const impressions = integer(800, 42_000);
    const clicks = Math.round((impressions * clickRate * integer(60, 140)) / 100_000);
    const conversions = chance(0.18) ? 0 : Math.round((clicks * integer(4, 60)) / 1000);
    return {
      Day: day('2023-04-01', END),
      Campaign: campaign,
      Channel: channel,
      Country: pick(['United States', 'United States', 'Canada', 'United Kingdom', 'Australia']),
      Device: pick(['Mobile', 'Mobile', 'Desktop', 'Tablet']),
      'Impr.': impressions,
      Clicks: clicks,
      'Cost (USD)': ((clicks * integer(18, 190)) / 100).toFixed(2),
      'Conv.': conversions,
      'Conv. value': ((conversions * integer(1200, 9800)) / 100).toFixed(2),
    };
  });
  return { ad_performance: toCsv(rows) };
}

/** Invented applications for jobs. */
export function applicants() {
  const { integer, pick, day, chance } = seeded(71_002);
  const jobs = [
    ['Backend Developer', 'IT', 62],
    ['Backend Developer', 'IT', 62],
    ['Data Analyst', 'IT', 52],
    ['Account Manager', 'Sales', 48],
    ['Sales Assistant', 'Sales', 36],
    ['Warehouse Operative', 'Logistics', 31],
    ['Warehouse Operative', 'Logistics', 31],
    ['Payroll Clerk', 'Finance', 40],
    ['Controller', 'Finance', 68],
  ];
  const stages = ['Applied', 'Screening', 'Interview', 'Interview', 'Offer', 'Hired', 'Hired', 'Rejected', 'Rejected'];
  const rows = Array.from({ length: 940 }, (_, index) => {
    const [title, department, salary] = pick(jobs);
    const stage = pick([...stages, 'Rejected', 'Withdrawn']);
    const applied = day('2023-01-09', '2024-06-20');
    const offered = ['Offer', 'Hired'].includes(stage) ? later(applied, integer(10, 70)) : null;
    const start = stage === 'Hired' && offered !== null ? later(offered, integer(14, 90)) : null;
    return {
      cand_id: `C${4000 + index}`,
      applied_dt: applied,
      job_title: title,
      dept: department,
      src: pick([
        'LinkedIn',
        'LinkedIn',
        'Job board',
        'Job board',
        'Referral',
        'Agency',
        'Career fair',
        'Company website',
      ]),
      yrs_exp: chance(0.05) ? null : integer(0, 24),
      salary_exp_k: chance(0.12) ? null : salary + integer(-8, 22),
      city: chance(0.04) ? null : pick(['Leeds', 'Leeds', 'York', 'Hull', 'Sheffield', 'Bradford']),
      interview_cnt: ['Applied', 'Screening'].includes(stage) ? 0 : integer(stage === 'Rejected' ? 0 : 1, 4),
      stage,
      offer_dt: known(offered),
      start_dt: start,
      reject_reason:
        stage === 'Rejected'
          ? pick(['underqualified', 'underqualified', 'salary too high', 'culture fit', 'no visa'])
          : null,
      recruiter: pick(['Hannah', 'Hannah', 'Oliver', 'Priya']),
    };
  });
  return { applicants: toCsv(rows) };
}

/** Invented claims of an insurer. */
export function claims() {
  const { integer, pick, day, chance } = seeded(71_003);
  const causes = {
    Motor: ['Collision', 'Collision', 'Theft', 'Hail', 'Vandalism'],
    Home: ['Water damage', 'Water damage', 'Fire', 'Burglary', 'Storm'],
    Travel: ['Cancellation', 'Lost luggage', 'Illness'],
    Liability: ['Personal injury', 'Property damage'],
  };
  const rows = Array.from({ length: 1320 }, (_, index) => {
    const policy = pick(['Motor', 'Motor', 'Motor', 'Home', 'Home', 'Travel', 'Liability']);
    const loss = day('2022-03-01', '2024-06-18');
    const reported = later(loss, pick([0, 0, 1, 1, 2, 3, integer(4, 45)]));
    const status = pick(['Settled', 'Settled', 'Settled', 'Open', 'Denied', 'Withdrawn']);
    const closed = status === 'Open' ? null : known(later(reported, integer(3, 210)));
    const open = closed === null;
    const claimed = integer(120, policy === 'Liability' ? 42_000 : 14_500);
    const deductible = pick([0, 150, 150, 300, 500]);
    const paid = !open && status === 'Settled' ? Math.max(0, (claimed * integer(55, 100)) / 100 - deductible) : 0;
    return {
      'Claim No.': `CL-${String(20_000 + index)}`,
      'Policy Type': policy,
      Cause: pick(causes[policy]),
      Region: pick(['North', 'South', 'South', 'East', 'West']),
      'Date of Loss': loss,
      'Date Reported': known(reported) ?? END,
      'Date Closed': closed,
      'Claimed Amt (EUR)': claimed.toFixed(2),
      'Paid Amt (EUR)': paid.toFixed(2),
      'Deductible (EUR)': deductible,
      Adjuster: chance(0.06) ? null : pick(['Becker', 'Lindgren', 'Moreau', 'Novak', 'Rossi']),
      Status: open ? 'Open' : status,
      'Fraud Flag': pick(['N', 'N', 'N', 'N', 'N', 'N', 'N', 'Y']),
      'In Court': pick(['No', 'No', 'No', 'No', 'Yes']),
    };
  });
  return { insurance_claims: toCsv(rows) };
}

/** Invented sessions at charging points for electric cars. */
export function charging() {
  const { integer, pick, day, chance } = seeded(71_004);
  const stations = [
    ['Town Hall', 'AC', 22],
    ['Town Hall', 'AC', 22],
    ['Retail Park', 'DC', 150],
    ['Retail Park', 'DC', 150],
    ['Retail Park', 'AC', 11],
    ['Motorway North', 'DC', 300],
    ['Railway Station', 'AC', 22],
    ['Swimming Pool', 'AC', 11],
  ];
  const rows = Array.from({ length: 1980 }, (_, index) => {
    const [station, current, power] = pick(stations);
    const hour = two(pick([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 17, 18, 18, 19, 20, 22]));
    const begin = `${day('2023-07-01', '2024-06-29')} ${hour}:${two(integer(0, 59))}:00`;
    const failed = chance(0.05);
    const stay = failed ? integer(1, 6) : integer(15, current === 'DC' ? 75 : 420);
    const energy = failed ? 0 : Math.min((stay * power * integer(40, 85)) / 6000, integer(80, 780) / 10);
    const user = pick(['subscriber', 'subscriber', 'guest', 'guest', 'fleet']);
    return {
      session_id: 910_000 + index,
      station,
      connector: current === 'DC' ? pick(['CCS', 'CCS', 'CCS', 'CHAdeMO']) : 'Type 2',
      max_kw: power,
      plug_in_ts: begin,
      plug_out_ts: minutesLater(begin, stay),
      energy_kwh: energy.toFixed(2),
      idle_min: failed ? 0 : chance(0.55) ? 0 : integer(1, Math.max(2, Math.floor(stay / 2))),
      user_type: user,
      pay_method: user === 'guest' ? pick(['credit card', 'app', 'app']) : pick(['RFID', 'RFID', 'app']),
      price_eur: (energy * (user === 'guest' ? 0.69 : current === 'DC' ? 0.55 : 0.42)).toFixed(2),
      err_code: failed ? pick(['E12', 'E12', 'E31', 'E40']) : null,
    };
  });
  return { charging_sessions: toCsv(rows) };
}

/** Invented hirings of tools and machines; its days are written with the day first. */
export function hire() {
  const { integer, pick, day, chance } = seeded(71_005);
  const items = [
    ['Mini excavator', 'earthmoving', 145],
    ['Wheel loader', 'earthmoving', 190],
    ['Scissor lift', 'access', 95],
    ['Scaffold tower', 'access', 38],
    ['Floor sander', 'hand tools', 32],
    ['Hammer drill', 'hand tools', 18],
    ['Hammer drill', 'hand tools', 18],
    ['Generator 5 kVA', 'power', 45],
    ['Pressure washer', 'cleaning', 29],
  ];
  const trade = ['Kern Bau GmbH', 'Maler Vogt', 'Gartenwelt Roth', 'Stadtwerke', 'Elektro Brandt', 'Zimmerei Holz'];
  const privately = ['A. Klein', 'B. Yilmaz', 'C. Schuster', 'D. Petrov', 'F. Wagner'];
  const rows = Array.from({ length: 1260 }, (_, index) => {
    const [item, category, rate] = pick(items);
    const kind = pick(['trade', 'trade', 'private']);
    const out = day('2023-01-02', '2024-06-28');
    const days = pick([1, 1, 2, 3, 5, 7, 14]);
    const back = chance(0.04)
      ? null
      : known(later(out, Math.max(1, days + pick([-1, 0, 0, 0, 0, 1, 2, integer(3, 12)]))));
    return {
      Rental_No: `M${8000 + index}`,
      Branch: pick(['Mitte', 'Mitte', 'Hafen', 'Flughafen']),
      Customer: kind === 'trade' ? pick(trade) : pick(privately),
      Cust_Type: kind,
      Item: item,
      Category: category,
      Daily_Rate_EUR: rate.toFixed(2),
      Out_Date: dotted(out),
      Due_Date: dotted(later(out, days)),
      Return_Date: dotted(back),
      Deposit_EUR: kind === 'trade' ? 0 : pick([50, 100, 200]),
      Damage_Chg_EUR: chance(0.9) ? '0.00' : (integer(1500, 68_000) / 100).toFixed(2),
      Total_EUR: (rate * days * (kind === 'trade' ? 0.9 : 1)).toFixed(2),
      Delivered: pick(['yes', 'no', 'no']),
    };
  });
  return { rentals: toCsv(rows) };
}

/** Invented expenses of the people of a company. */
export function expenses() {
  const { integer, pick, day, chance } = seeded(71_006);
  const categories = [
    ['Flights', ['Lufthansa', 'KLM', 'Ryanair'], [60, 720]],
    ['Rail', ['DB', 'SNCF', 'Eurostar'], [18, 240]],
    ['Rail', ['DB', 'SNCF', 'Eurostar'], [18, 240]],
    ['Hotel', ['Ibis', 'Motel One', 'Novotel'], [70, 410]],
    ['Hotel', ['Ibis', 'Motel One', 'Novotel'], [70, 410]],
    ['Meals', ['Vapiano', 'Cafe Central', 'Brasserie Nord'], [8, 130]],
    ['Meals', ['Vapiano', 'Cafe Central', 'Brasserie Nord'], [8, 130]],
    ['Taxi', ['Uber', 'Taxi Ruf'], [9, 75]],
    ['Office supplies', ['Viking', 'Amazon'], [5, 190]],
  ];
  const people = ['Adler', 'Boateng', 'Cruz', 'Dubois', 'Ekman', 'Farkas', 'Grünwald', 'Haas', 'Ito', 'Jansen'];
  const rows = Array.from({ length: 1420 }, (_, index) => {
    const [category, merchants, [least, most]] = pick(categories);
    const cents = integer(least * 100, most * 100);
    const spent = day('2023-01-04', '2024-06-21');
    const submitted = known(later(spent, integer(0, 40)));
    const status = submitted === null ? 'draft' : pick(['paid', 'paid', 'paid', 'paid', 'pending', 'rejected']);
    const repaid = status === 'paid' ? known(later(submitted, integer(4, 38))) : null;
    return {
      exp_no: `E-${6000 + index}`,
      emp: pick([...people, 'Cruz', 'Haas']),
      cost_ctr: pick(['4100 Sales', '4100 Sales', '4200 Marketing', '4300 R&D', '4400 Admin']),
      exp_date: spent,
      exp_cat: category,
      merchant: chance(0.03) ? null : pick(merchants),
      amt_eur: (cents / 100).toFixed(2),
      vat_eur: (cents / 100 - cents / (category === 'Meals' ? 107 : 119)).toFixed(2),
      pay_type: pick(['company card', 'company card', 'private card', 'cash']),
      receipt: pick(['Y', 'Y', 'Y', 'Y', 'Y', 'N']),
      submitted_on: submitted,
      approver: submitted === null || chance(0.05) ? null : pick(['Meyer', 'Santos', 'Wood']),
      status: status === 'paid' && repaid === null ? 'pending' : status,
      reimbursed_on: repaid,
    };
  });
  return { expenses: toCsv(rows) };
}

/** Invented jobs of a print shop. */
export function printshop() {
  const { integer, pick, day, chance } = seeded(71_007);
  const products = [
    ['Business cards', 100, 9],
    ['Business cards', 100, 9],
    ['Flyers', 500, 6],
    ['Flyers', 500, 6],
    ['Posters', 10, 210],
    ['Brochures', 50, 95],
    ['Wedding invitations', 20, 140],
  ];
  const rows = Array.from({ length: 460 }, (_, index) => {
    const [product, lot, cents] = pick(products);
    const quantity = lot * integer(1, 12);
    const ordered = day('2023-06-01', '2024-06-21');
    const promised = later(ordered, integer(3, 12));
    const shipped = chance(0.03) ? null : known(later(promised, pick([-2, -1, 0, 0, 0, 0, 1, 3, 6])));
    return {
      'Job #': 3300 + index,
      Customer: pick([
        'Bistro Fig',
        'City Council',
        'City Council',
        'Dr. Amsel',
        'Hiking Club',
        'Kraft Realty',
        'Opera House',
      ]),
      'Ordered on': ordered,
      'Promised for': promised,
      'Shipped on': shipped,
      Product: product,
      'Qty (pcs)': quantity,
      'Paper gsm': pick([90, 135, 170, 300, 350]),
      Finish: chance(0.3) ? null : pick(['matt', 'gloss', 'gloss', 'soft touch']),
      Rush: pick(['n', 'n', 'n', 'y']),
      'Net Price': ((quantity * cents * integer(85, 125)) / 10_000).toFixed(2),
      Complaint: chance(0.88) ? null : pick(['wrong colour', 'late', 'late', 'cut badly', 'typo']),
    };
  });
  return { print_jobs: toCsv(rows) };
}
