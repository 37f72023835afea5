import { seeded, toCsv } from './random.mjs';

const two = (number) => String(number).padStart(2, '0');
const clock = (hour, minute) => `${two(hour)}:${two(minute)}:00`;
const later = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Invented batches of a coffee roaster. */
export function roastery() {
  const { integer, pick, day, chance } = seeded(61_001);
  const beans = [
    ['Ethiopia', 'washed', 780],
    ['Ethiopia', 'natural', 810],
    ['Colombia', 'washed', 690],
    ['Brazil', 'natural', 540],
    ['Brazil', 'pulped natural', 560],
    ['Kenya', 'washed', 890],
    ['Guatemala', 'washed', 720],
    ['Sumatra', 'wet hulled', 650],
  ];
  const losses = { Light: 125, Medium: 145, 'Medium-Dark': 160, Dark: 180 };
  const rows = Array.from({ length: 740 }, (_, index) => {
    const [origin, process, price] = pick(beans);
    const roast = pick(['Light', 'Light', 'Medium', 'Medium', 'Medium', 'Medium-Dark', 'Dark']);
    const green = pick([12, 15, 24, 30, 60]);
    return {
      batch_no: `RB-${10_000 + index}`,
      roasted_on: day('2023-01-03', '2024-06-28'),
      origin,
      process,
      roast_level: roast,
      machine: pick(['Probat P25', 'Probat P25', 'Giesen W60', 'Loring S15']),
      operator: chance(0.05) ? null : pick(['Ines', 'Tom', 'Marta', 'Kofi']),
      green_kg: green.toFixed(1),
      roasted_kg: ((green * (1000 - losses[roast] - integer(-20, 25))) / 1000).toFixed(2),
      green_price_eur_kg: ((price + integer(-60, 60)) / 100).toFixed(2),
      drop_temp_c: integer(198, 228),
      cupping_score: chance(0.22) ? null : (integer(780, 905) / 10).toFixed(1),
      certified_organic: pick(['no', 'no', 'yes']),
      status: pick(['packed', 'packed', 'packed', 'packed', 'resting', 'rejected']),
    };
  });
  return { roast_batches: toCsv(rows) };
}

/** Invented visits to the museums of a city. */
export function museums() {
  const { integer, pick, day, chance } = seeded(61_002);
  const prices = { Adult: 14, Senior: 10, Student: 8, Child: 0, Member: 0 };
  const rows = Array.from({ length: 1600 }, (_, index) => {
    const ticket = pick(['Adult', 'Adult', 'Adult', 'Senior', 'Student', 'Child', 'Member']);
    const group = pick([1, 1, 2, 2, 2, 3, 4, 5, integer(6, 28)]);
    return {
      visit_id: 300_000 + index,
      entered_at: `${day('2023-01-02', '2024-06-30')} ${clock(integer(10, 17), integer(0, 59))}`,
      museum: pick(['City Museum', 'City Museum', 'Maritime Museum', 'Museum of Modern Art', 'Natural History']),
      exhibition: chance(0.35) ? null : pick(['Vikings', 'Light and Shadow', 'Deep Sea', 'Paper Worlds']),
      ticket_type: ticket,
      group_size: group,
      admission_eur: (prices[ticket] * group).toFixed(2),
      audio_guide: pick(['true', 'false', 'false']),
      visitor_country: chance(0.06) ? null : pick(['Germany', 'Germany', 'Denmark', 'Netherlands', 'Italy', 'Japan']),
      minutes_inside: chance(0.1) ? null : integer(18, 240),
      shop_spend_eur: chance(0.55) ? '0.00' : (integer(250, 6400) / 100).toFixed(2),
    };
  });
  return { museum_visits: toCsv(rows) };
}

/** Invented building permits of a town. */
export function permits() {
  const { integer, pick, day, chance } = seeded(61_003);
  const types = [
    ['NB', 'New building'],
    ['ALT', 'Alteration'],
    ['ALT', 'Alteration'],
    ['ALT', 'Alteration'],
    ['DEM', 'Demolition'],
    ['SGN', 'Sign'],
  ];
  const rows = Array.from({ length: 1240 }, (_, index) => {
    const [code, type] = pick(types);
    const applied = day('2022-01-03', '2024-06-20');
    const status = pick(['Issued', 'Issued', 'Issued', 'Completed', 'Pending', 'Rejected', 'Withdrawn']);
    const issued = ['Issued', 'Completed'].includes(status) ? later(applied, integer(5, 160)) : null;
    const late = issued !== null && issued > '2024-06-30';
    return {
      permit_no: `BP-${applied.slice(0, 4)}-${String(index + 1).padStart(5, '0')}`,
      application_date: applied,
      issue_date: late ? null : issued,
      permit_type_code: code,
      permit_type: type,
      district: pick(['Riverside', 'Old Town', 'Old Town', 'Northgate', 'Harbour', 'Hillcrest']),
      building_use: chance(0.07) ? null : pick(['residential', 'residential', 'commercial', 'industrial', 'public']),
      estimated_cost: chance(0.05) ? null : integer(2, code === 'NB' ? 4800 : 620) * 500,
      permit_fee: (integer(4500, 190_000) / 100).toFixed(2),
      dwelling_units: code === 'NB' ? integer(0, 42) : 0,
      contractor: chance(0.15)
        ? null
        : pick([
            'Alder & Sons',
            'Brightwall Ltd',
            'Castello Build',
            'Duna Homes',
            'Eastline',
            'Fjord Works',
            'Granite Co',
          ]),
      inspector: chance(0.1) ? null : pick(['H. Bauer', 'L. Costa', 'P. Ndiaye', 'R. Silva']),
      status: late ? 'Pending' : status,
    };
  });
  return { building_permits: toCsv(rows) };
}

/** Invented wind turbines, and the visits of those who mend them. */
export function turbines() {
  const { integer, pick, day, chance } = seeded(61_004);
  const models = [
    ['Vestas', 'V112', 3300],
    ['Vestas', 'V150', 4200],
    ['Enercon', 'E-82', 2300],
    ['Enercon', 'E-138', 4200],
    ['Nordex', 'N117', 2400],
    ['Siemens Gamesa', 'SG 5.0', 5000],
  ];
  const machines = Array.from({ length: 212 }, (_, index) => {
    const [manufacturer, model, rated] = pick(models);
    return {
      turbine_id: `WT${String(index + 1).padStart(3, '0')}`,
      wind_farm: pick(['Kaiserberg', 'Nordfeld', 'Nordfeld', 'Sandbank', 'Lange Heide', 'Westdeich']),
      manufacturer,
      model,
      rated_kw: rated,
      hub_height_m: pick([78, 94, 119, 125, 141, 160]),
      commissioned_on: day('2006-03-01', '2023-11-30'),
      offshore: pick(['no', 'no', 'no', 'yes']),
      annual_output_mwh: chance(0.04) ? null : ((rated * integer(1700, 3900)) / 1000).toFixed(1),
    };
  });
  const visits = Array.from({ length: 1750 }, (_, index) => {
    const type = pick(['inspection', 'inspection', 'repair', 'repair', 'blade cleaning', 'oil change']);
    return {
      visit_no: 7000 + index,
      turbine_id: pick(machines.slice(0, 204)).turbine_id,
      visit_date: day('2022-07-01', '2024-06-29'),
      visit_type: type,
      component: type === 'repair' ? pick(['gearbox', 'generator', 'blade', 'pitch system', 'converter']) : null,
      technician: pick(['Arne', 'Birte', 'Cem', 'Dora', 'Emil', 'Freya']),
      downtime_hours: (integer(5, type === 'repair' ? 960 : 120) / 10).toFixed(1),
      cost_eur: chance(0.06) ? null : (integer(18_000, type === 'repair' ? 2_400_000 : 240_000) / 100).toFixed(2),
    };
  });
  return { wind_turbines: toCsv(machines), maintenance_visits: toCsv(visits) };
}

/** Invented calls of a call centre. */
export function callcentre() {
  const { integer, pick, day, chance } = seeded(61_005);
  const rows = Array.from({ length: 2300 }, (_, index) => {
    const outcome = pick(['resolved', 'resolved', 'resolved', 'resolved', 'callback', 'escalated', 'abandoned']);
    const abandoned = outcome === 'abandoned';
    return {
      call_id: 880_000 + index,
      call_start: `${day('2023-10-01', '2024-06-30')} ${clock(integer(8, 19), integer(0, 59))}`,
      queue: pick(['Billing', 'Billing', 'Technical', 'Technical', 'Sales', 'Cancellations']),
      agent: abandoned ? null : pick(['Abebe', 'Brown', 'Chen', 'Dimitrova', 'Evans', 'Fischer', 'Garcia', 'Haddad']),
      direction: pick(['inbound', 'inbound', 'inbound', 'outbound']),
      language: pick(['English', 'English', 'Spanish', 'French']),
      wait_seconds: integer(0, abandoned ? 900 : 420),
      talk_seconds: abandoned ? null : integer(25, 1900),
      outcome,
      transferred: abandoned ? 'N' : pick(['N', 'N', 'N', 'Y']),
      satisfaction: abandoned || chance(0.5) ? null : integer(1, 5),
    };
  });
  return { calls: toCsv(rows) };
}

/** Invented deliveries of a bakery to its customers. */
export function bakery() {
  const { integer, pick, day, chance } = seeded(61_006);
  const goods = [
    ['Sourdough loaf', 'bread', 380],
    ['Rye loaf', 'bread', 340],
    ['Baguette', 'bread', 160],
    ['Croissant', 'pastry', 135],
    ['Cinnamon roll', 'pastry', 190],
    ['Carrot cake', 'cake', 2400],
  ];
  const rows = Array.from({ length: 1850 }, (_, index) => {
    const [product, category, price] = pick(goods);
    const quantity = category === 'cake' ? integer(1, 8) : integer(10, 180);
    return {
      delivery_id: `D${20_000 + index}`,
      delivery_date: day('2023-07-01', '2024-06-30'),
      route: pick(['North', 'North', 'South', 'Centre', 'Centre', 'Airport']),
      driver: pick(['Agnes', 'Bruno', 'Carla', 'Deniz']),
      customer: pick(['Hotel Astoria', 'Cafe Luna', 'St. Mary School', 'Corner Deli', 'Station Kiosk', 'Green Grocer']),
      product,
      category,
      quantity,
      returned_qty: chance(0.7) ? 0 : integer(1, Math.ceil(quantity / 4)),
      unit_price: (price / 100).toFixed(2),
      invoice_total: ((price * quantity) / 100).toFixed(2),
      minutes_late: chance(0.04) ? null : chance(0.72) ? 0 : integer(1, 65),
      paid: pick(['yes', 'yes', 'yes', 'yes', 'no']),
    };
  });
  return { deliveries: toCsv(rows) };
}

/** Invented parking tickets of a city. */
export function parking() {
  const { integer, pick, day, chance } = seeded(61_007);
  const violations = [
    [10, 'Expired meter', 35],
    [10, 'Expired meter', 35],
    [10, 'Expired meter', 35],
    [14, 'No parking zone', 65],
    [20, 'Double parking', 95],
    [31, 'Blocked driveway', 95],
    [40, 'Fire hydrant', 115],
    [55, 'Disabled bay', 180],
  ];
  const rows = Array.from({ length: 2100 }, (_, index) => {
    const [code, violation, fine] = pick(violations);
    const issued = day('2023-01-01', '2024-06-30');
    const paid = chance(0.68) ? later(issued, integer(0, 90)) : null;
    const settled = paid !== null && paid <= '2024-06-30';
    return {
      ticket_no: 5_400_000 + index,
      issued_at: `${issued} ${clock(pick([7, 8, 9, 9, 10, 11, 11, 12, 13, 14, 15, 16, 17, 18, 20]), integer(0, 59))}`,
      street: pick(['Main St', 'Main St', 'Elm Ave', 'Harbor Blvd', 'Station Rd', 'Mill Lane', 'Park Row']),
      zone: pick(['A', 'A', 'B', 'C', 'D']),
      violation_code: code,
      violation,
      fine_amount: fine,
      late_fee: !settled && chance(0.5) ? 25 : 0,
      payment_date: settled ? paid : null,
      plate_state: chance(0.03) ? null : pick(['NY', 'NY', 'NY', 'NJ', 'CT', 'PA']),
      vehicle_make: pick(['Toyota', 'Toyota', 'Honda', 'Ford', 'BMW', 'Tesla', 'Chevrolet']),
      officer: pick(['Badge 112', 'Badge 118', 'Badge 131', 'Badge 140', 'Badge 152']),
      contested: pick(['false', 'false', 'false', 'false', 'true']),
    };
  });
  return { parking_tickets: toCsv(rows) };
}

/** Invented hospitals of a clinical trial, and those who take part in it. */
export function trials() {
  const { integer, pick, day, chance } = seeded(61_008);
  const sites = Array.from({ length: 206 }, (_, index) => ({
    site_id: `S-${String(index + 1).padStart(3, '0')}`,
    hospital: `${pick(['St. Anna', 'General', 'University', 'Sacred Heart', 'Mercy'])} Hospital ${index + 1}`,
    country: pick(['Spain', 'Spain', 'Poland', 'Germany', 'Canada', 'Brazil']),
    site_type: pick(['academic', 'academic', 'private', 'public']),
    activated_on: day('2022-03-01', '2023-06-30'),
    target_enrolment: integer(4, 30),
    investigator: `Dr. ${pick(['Adler', 'Bosch', 'Cruz', 'Dvorak', 'Engel', 'Faria'])}`,
    closed: pick(['no', 'no', 'no', 'no', 'yes']),
  }));
  const participants = Array.from({ length: 1580 }, (_, index) => {
    const enrolled = day('2022-06-01', '2024-05-31');
    const withdrew = chance(0.16) ? later(enrolled, integer(7, 300)) : null;
    const left = withdrew !== null && withdrew <= '2024-06-30';
    return {
      participant_id: `P${60_000 + index}`,
      site_id: pick(sites.slice(0, 195)).site_id,
      enrolled_on: enrolled,
      arm: pick(['placebo', '10 mg', '20 mg']),
      sex: pick(['F', 'M']),
      age: integer(18, 84),
      weight_kg: chance(0.08) ? null : (integer(460, 1240) / 10).toFixed(1),
      adverse_events: pick([0, 0, 0, 1, 1, 2, 3, 5]),
      withdrawal_date: left ? withdrew : null,
      withdrawal_reason: left ? pick(['side effects', 'moved away', 'lost to follow-up', 'consent withdrawn']) : null,
    };
  });
  return { trial_sites: toCsv(sites), participants: toCsv(participants) };
}

/** Invented bookings of a theatre's box office. */
export function theatre() {
  const { integer, pick, day, chance } = seeded(61_009);
  const bands = { Stalls: 5200, Circle: 3800, Balcony: 2200, Box: 9500 };
  const rows = Array.from({ length: 1900 }, (_, index) => {
    const booked = day('2023-05-01', '2024-06-12');
    const area = pick(['Stalls', 'Stalls', 'Stalls', 'Circle', 'Circle', 'Balcony', 'Box']);
    const seats = pick([1, 2, 2, 2, 3, 4, 6]);
    const price = bands[area] + pick([-500, 0, 0, 800]);
    return {
      booking_ref: `BK${90_000 + index}`,
      booked_on: booked,
      performance_date: later(booked, integer(0, 45)),
      show_title: pick([
        'Hamlet',
        'Hamlet',
        'The Cherry Orchard',
        'Cabaret',
        'Cabaret',
        'Cabaret',
        'Swan Lake',
        'Carmen',
      ]),
      genre: null,
      seating_area: area,
      seats,
      ticket_price: (price / 100).toFixed(2),
      amount_paid: ((price * seats) / 100).toFixed(2),
      sales_channel: pick(['online', 'online', 'online', 'phone', 'counter', 'agency']),
      promo_code: chance(0.8) ? null : pick(['SPRING10', 'STUDENT', 'FRIENDS']),
      patron_name: `${pick(['Ada', 'Ben', 'Clara', 'Dan', 'Eve', 'Finn'])} ${pick(['Moore', 'Novak', 'Olsen', 'Price', 'Quist'])}`,
      refunded: pick(['no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes']),
    };
  });
  const genres = {
    Hamlet: 'drama',
    'The Cherry Orchard': 'drama',
    Cabaret: 'musical',
    'Swan Lake': 'ballet',
    Carmen: 'opera',
  };
  return { theatre_bookings: toCsv(rows.map((row) => ({ ...row, genre: genres[row.show_title] }))) };
}

/** Invented tariffs of suppliers of electricity and gas. */
export function tariffs() {
  const { integer, pick, day, chance } = seeded(61_010);
  const rows = Array.from({ length: 280 }, (_, index) => {
    const fuel = pick(['electricity', 'electricity', 'gas']);
    const from = day('2022-10-01', '2024-06-15');
    return {
      tariff_code: `T${400 + index}`,
      supplier: pick(['Brightwatt', 'Helio', 'Northern Power', 'Octavia', 'PlainGas', 'Verdant']),
      fuel_type: fuel,
      rate_type: pick(['fixed', 'fixed', 'variable', 'time of use']),
      unit_rate_ct: (integer(fuel === 'gas' ? 600 : 2100, fuel === 'gas' ? 1400 : 4300) / 100).toFixed(2),
      standing_charge_eur_month: (integer(480, 1650) / 100).toFixed(2),
      contract_months: pick([1, 12, 12, 24, 36]),
      exit_fee_eur: chance(0.4) ? null : pick([25, 50, 75, 100]),
      renewable_pct: fuel === 'gas' ? pick([0, 0, 10]) : pick([35, 50, 80, 100, 100]),
      available_from: from,
      withdrawn_on: chance(0.45) ? later(from, integer(30, 400)) : null,
    };
  });
  return { energy_tariffs: toCsv(rows) };
}
