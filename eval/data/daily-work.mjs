import { seeded, toCsv } from './random.mjs';

/** Invented visits to a web site, a row for each day, source, country and device. */
export function website() {
  const { integer, pick, day, chance } = seeded(303);
  const rows = Array.from({ length: 900 }, () => {
    const sessions = integer(20, 4000);
    return {
      visit_date: day('2022-06-01', '2024-06-30'),
      traffic_source: pick(['Organic Search', 'Paid Search', 'Email', 'Social', 'Direct', 'Referral']),
      country: pick(['Germany', 'France', 'United Kingdom', 'Spain', 'Poland']),
      device: pick(['desktop', 'mobile', 'mobile', 'tablet']),
      landing_page: pick(['/home', '/pricing', '/blog', '/docs']),
      sessions,
      page_views: sessions * integer(1, 6),
      bounce_rate: integer(150, 800) / 1000,
      avg_session_seconds: integer(20, 420),
      conversions: integer(0, Math.ceil(sessions / 25)),
      ad_spend_eur: chance(0.4) ? (integer(500, 90_000) / 100).toFixed(2) : null,
    };
  });
  return { web_traffic: toCsv(rows) };
}

/** An invented clinic: doctors, patients and the appointments of both. */
export function clinic() {
  const { integer, pick, day, chance } = seeded(808);
  const family = 'Okafor,Lind,Marsh,Petrov,Silva,Ueda,Vance,Wolf,Yilmaz,Zeller'.split(',');
  const given = 'Ada,Boris,Clara,Dario,Elin,Femi,Greta,Hugo,Ines,Jonas'.split(',');
  const doctors = ['Cardiology', 'Pediatrics', 'Dermatology', 'Neurology', 'Cardiology', 'Orthopedics', 'Pediatrics', 'Dermatology'].map(
    (specialty, index) => ({ doctor_id: index + 1, doctor_name: `Dr. ${family[index]}`, specialty, years_of_experience: integer(2, 35) }),
  );
  const patients = Array.from({ length: 260 }, (_, index) => ({
    patient_id: 5000 + index,
    full_name: `${pick(given)} ${pick(family)}`,
    sex: pick(['F', 'M']),
    birth_date: day('1938-01-01', '2020-12-31'),
    insurance: chance(0.15) ? null : pick(['Public', 'Private', 'Employer']),
    town: pick(['Aalborg', 'Esbjerg', 'Odense', 'Aarhus']),
  }));
  const appointments = Array.from({ length: 1300 }, (_, index) => ({
    appointment_id: index + 1,
    patient_id: 5000 + integer(0, 244),
    doctor_id: integer(1, 8),
    scheduled_at: `${day('2023-01-02', '2024-06-28')} ${String(integer(8, 17)).padStart(2, '0')}:${pick(['00', '30'])}:00`,
    duration_minutes: pick([15, 20, 30, 45, 60]),
    outcome: pick(['completed', 'completed', 'completed', 'no-show', 'cancelled']),
    charge: chance(0.08) ? null : (integer(3000, 42_000) / 100).toFixed(2),
  }));
  return { doctors: toCsv(doctors), patients: toCsv(patients), appointments: toCsv(appointments) };
}

/** Invented readings of the air in the rooms of an office. */
export function rooms() {
  const { integer, pick, day, chance } = seeded(99);
  const rows = Array.from({ length: 1500 }, () => ({
    recorded_at: `${day('2024-01-01', '2024-06-30')} ${String(integer(0, 23)).padStart(2, '0')}:00:00`,
    room: pick(['Lobby', 'Lab', 'Server Room', 'Canteen', 'Meeting Room A', 'Meeting Room B']),
    floor: integer(0, 4),
    temperature_c: (integer(160, 310) / 10).toFixed(1),
    humidity_pct: integer(18, 80),
    co2_ppm: chance(0.05) ? null : integer(380, 1900),
    noise_db: integer(28, 85),
    window_open: chance(0.3),
  }));
  return { air_quality: toCsv(rows) };
}

/** Invented stays in two hotels. */
export function hotels() {
  const { integer, pick, day, chance } = seeded(515);
  const rows = Array.from({ length: 1100 }, (_, index) => ({
    booking_ref: `HB${4000 + index}`,
    hotel: pick(['Seaside Resort', 'City Lodge']),
    arrival_date: day('2022-01-01', '2024-05-31'),
    nights: integer(1, 14),
    adults: integer(1, 4),
    children: pick([0, 0, 0, 1, 2]),
    guest_country: pick(['Portugal', 'Spain', 'France', 'Germany', 'Brazil', 'United States']),
    market_segment: pick(['Online', 'Corporate', 'Groups', 'Direct']),
    meal_plan: chance(0.1) ? null : pick(['Breakfast', 'Half Board', 'None']),
    room_type: pick(['Single', 'Double', 'Suite']),
    nightly_rate: (integer(4500, 32_000) / 100).toFixed(2),
    lead_time_days: integer(0, 360),
    canceled: pick(['Y', 'N', 'N', 'N']),
    special_requests: pick([0, 0, 1, 2, 3]),
  }));
  return { bookings: toCsv(rows) };
}

/** Invented loans of a bank's branches, with the names that such files have. */
export function loans() {
  const { integer, pick, day, chance } = seeded(626);
  const rows = Array.from({ length: 800 }, (_, index) => ({
    LoanNo: 700_100 + index,
    Branch: pick(['Northgate', 'Riverside', 'Airport', 'Old Market']),
    Officer: pick(['H. Moss', 'J. Petit', 'K. Sato', 'L. Brandt', 'M. Oyelaran']),
    GrantDt: day('2019-01-01', '2024-04-30'),
    LoanAmt: integer(10, 900) * 100,
    IntRate: integer(20, 190) / 10,
    TermMonths: pick([12, 24, 36, 48, 60]),
    Purpose: pick(['Car', 'Home improvement', 'Education', 'Debt consolidation', 'Wedding']),
    CreditScore: chance(0.06) ? null : integer(420, 850),
    BorrowerAge: integer(19, 78),
    Defaulted: pick([0, 0, 0, 0, 1]),
  }));
  return { loans: toCsv(rows) };
}

/** Invented projects, the people who work on them, and their hours. */
export function projects() {
  const { integer, pick, day, chance } = seeded(737);
  const people = ['Amy Stone', 'Bo Lindgren', 'Cem Aydin', 'Dana Cruz', 'Eli Roth', 'Fay Wong', 'Gus Meyer', 'Hana Ito'].map((name, index) => ({
    person_id: index + 1,
    name,
    role: pick(['Designer', 'Developer', 'Analyst', 'Project Lead']),
    office: pick(['Vienna', 'Toronto']),
    hourly_rate: integer(40, 140),
    hired_on: day('2015-02-01', '2023-10-31'),
  }));
  const work = ['Atlas', 'Beacon', 'Comet', 'Delta', 'Ember', 'Falcon'].map((project_name, index) => ({
    project_id: index + 1,
    project_name,
    client: pick(['Acme', 'Globex', 'Initech']),
    budget: integer(20, 400) * 1000,
    start_date: day('2023-01-01', '2023-12-31'),
    end_date: chance(0.4) ? null : day('2024-01-01', '2024-06-30'),
    priority: pick(['High', 'Medium', 'Low']),
  }));
  const timesheets = Array.from({ length: 1200 }, (_, index) => ({
    entry_id: index + 1,
    person_id: integer(1, 8),
    project_id: integer(1, 6),
    work_date: day('2023-03-01', '2024-06-28'),
    hours: integer(1, 20) / 2,
    billable: chance(0.75),
    note: chance(0.7) ? null : pick(['review', 'meeting', 'travel']),
  }));
  return { people: toCsv(people), projects: toCsv(work), timesheets: toCsv(timesheets) };
}
