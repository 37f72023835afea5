import { seeded, toCsv } from './random.mjs';

/** Invented rides of rented bikes, and the stations where they begin. */
export function bikes() {
  const { integer, pick, day, chance } = seeded(2711);
  const stations = ['Harbour', 'Market Square', 'University', 'Central Park', 'Old Mill', 'Airport', 'Stadium'].map((name, index) => ({
    station_id: 100 + index,
    station_name: name,
    district: pick(['North', 'South', 'Centre']),
    dock_count: integer(8, 40),
  }));
  const rides = Array.from({ length: 1600 }, (_, index) => ({
    ride_id: index + 1,
    start_station_id: 100 + integer(0, 6),
    started_at: `${day('2023-03-01', '2024-06-29')} ${String(integer(5, 23)).padStart(2, '0')}:${pick(['05', '20', '45'])}:00`,
    duration_min: integer(3, 95),
    distance_km: (integer(4, 180) / 10).toFixed(1),
    rider_type: pick(['subscriber', 'subscriber', 'casual']),
    bike_type: pick(['classic', 'electric']),
    rider_age: chance(0.1) ? null : integer(16, 78),
    fee: (integer(0, 900) / 100).toFixed(2),
  }));
  return { stations: toCsv(stations), rides: toCsv(rides) };
}

/** Invented inspections of places to eat. */
export function inspections() {
  const { integer, pick, day, chance } = seeded(515);
  const names = 'Blue Door,Casa Nova,Golden Wok,La Piazza,Mama Rosa,Night Owl,Old Oak,Pho House,Sea Breeze,Taco Stop'.split(',');
  const rows = Array.from({ length: 700 }, (_, index) => ({
    inspection_id: index + 1,
    restaurant_name: pick(names),
    cuisine: pick(['Italian', 'Mexican', 'Vietnamese', 'American', 'Chinese']),
    borough: pick(['Riverside', 'Hilltop', 'Docklands', 'Old Town']),
    inspection_date: day('2022-01-03', '2024-06-28'),
    score: integer(40, 100),
    grade: pick(['A', 'A', 'B', 'C']),
    critical_violations: integer(0, 7),
    follow_up_required: pick(['yes', 'no']),
    closed_on: chance(0.06) ? day('2024-01-01', '2024-06-28') : null,
  }));
  return { restaurant_inspections: toCsv(rows) };
}

/** Invented stock of a warehouse. */
export function inventory() {
  const { integer, pick, day, chance } = seeded(61);
  const rows = Array.from({ length: 420 }, (_, index) => ({
    sku: `SK-${1000 + index}`,
    item_name: `${pick(['Steel', 'Oak', 'Cotton', 'Glass', 'Rubber'])} ${pick(['Bolt', 'Panel', 'Hose', 'Lamp', 'Glove'])} ${index}`,
    category: pick(['Hardware', 'Lighting', 'Safety', 'Plumbing']),
    supplier: pick(['Nordwerk', 'Acme', 'Delta Supply', 'Hansen']),
    warehouse: pick(['Hamburg', 'Rotterdam', 'Antwerp']),
    quantity_on_hand: integer(0, 900),
    reorder_level: integer(20, 200),
    unit_cost: (integer(50, 30_000) / 100).toFixed(2),
    last_restocked: day('2023-01-01', '2024-06-20'),
    discontinued: chance(0.1) ? 1 : 0,
  }));
  return { inventory: toCsv(rows) };
}

/** Invented members of a gym. */
export function gym() {
  const { integer, pick, day, chance } = seeded(8);
  const rows = Array.from({ length: 380 }, (_, index) => ({
    member_id: index + 1,
    gender: pick(['F', 'M']),
    birth_year: integer(1950, 2006),
    plan: pick(['Basic', 'Plus', 'Premium']),
    monthly_fee: pick([19, 29, 49]),
    joined_on: day('2020-01-01', '2024-06-15'),
    cancelled_on: chance(0.3) ? day('2024-01-01', '2024-06-28') : null,
    visits_last_month: integer(0, 24),
    home_club: pick(['East Side', 'West Side', 'Downtown']),
    has_trainer: pick(['true', 'false']),
  }));
  return { gym_members: toCsv(rows) };
}
