import { seeded, toCsv } from './random.mjs';

const DAY = 86_400_000;
const END = '2024-06-30';
const two = (number) => String(number).padStart(2, '0');
const later = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
const minutesLater = (time, minutes) =>
  new Date(Date.parse(`${time.replace(' ', 'T')}Z`) + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');

/** Invented visits to a blood bank. */
export function bloodbank() {
  const { integer, pick, day, chance } = seeded(72_001);
  const groups = ['O+', 'O+', 'O+', 'O+', 'A+', 'A+', 'A+', 'B+', 'O-', 'A-', 'AB+', 'B-'];
  const donors = Array.from({ length: 520 }, (_, index) => ({
    DonorID: `DN${1000 + index}`,
    Sex: pick(['F', 'M']),
    AgeYrs: integer(18, 68),
    BloodGroup: pick(groups),
  }));
  const seen = new Set();
  const days = Array.from({ length: 1480 }, () => day('2023-01-02', '2024-06-28')).sort();
  const rows = days.map((visited, index) => {
    const donor = pick(donors);
    const first = !seen.has(donor.DonorID);
    seen.add(donor.DonorID);
    const type = pick(['whole blood', 'whole blood', 'whole blood', 'plasma', 'plasma', 'platelets']);
    const deferred = chance(0.11);
    return {
      DonationID: 66_000 + index,
      ...donor,
      VisitDate: visited,
      Site: pick(['Main Centre', 'Main Centre', 'University', 'Bus 1', 'Bus 2']),
      DonationType: type,
      HbGdl: (integer(118, 172) / 10).toFixed(1),
      VolumeMl: deferred
        ? null
        : type === 'plasma'
          ? integer(580, 760)
          : type === 'platelets'
            ? integer(200, 300)
            : 470,
      FirstTime: first ? 'Y' : 'N',
      DeferralReason: deferred ? pick(['low iron', 'low iron', 'travel', 'tattoo', 'medication']) : null,
      Reaction: deferred ? null : chance(0.94) ? 'none' : pick(['dizziness', 'dizziness', 'bruise', 'fainting']),
    };
  });
  return { donations: toCsv(rows) };
}

/** Invented incidents of a fire brigade. */
export function fire() {
  const { integer, pick, day, chance } = seeded(72_002);
  const kinds = [
    'House fire',
    'Vehicle fire',
    'False alarm',
    'False alarm',
    'False alarm',
    'Road accident',
    'Flooding',
  ];
  const rows = Array.from({ length: 1120 }, (_, index) => {
    const kind = pick([...kinds, 'Road accident', 'Animal rescue', 'Wildfire']);
    const hour = two(pick([0, 2, 3, 6, 8, 9, 11, 12, 13, 15, 16, 17, 18, 18, 19, 20, 21, 23]));
    const alarm = `${day('2022-07-01', END)} ${hour}:${two(integer(0, 59))}:00`;
    const arrival = chance(0.03) ? null : minutesLater(alarm, integer(3, 24));
    const burning = ['House fire', 'Vehicle fire', 'Wildfire'].includes(kind);
    return {
      incident_no: `F${String(index + 1).padStart(5, '0')}`,
      alarm_time: alarm,
      on_scene_time: arrival,
      all_clear_time: minutesLater(alarm, integer(kind === 'False alarm' ? 25 : 40, kind === 'Wildfire' ? 900 : 240)),
      incident_type: kind,
      fire_stn: pick(['Central', 'Central', 'North', 'Lakeside', 'Airport Rd']),
      district: pick(['Old Town', 'Industrial Zone', 'Lakeside', 'Westend', 'Westend', 'Hilltop']),
      engines_sent: kind === 'House fire' ? integer(2, 6) : integer(1, 3),
      crew_cnt: integer(4, 22),
      injured: burning || kind === 'Road accident' ? pick([0, 0, 0, 0, 1, 1, 2, 3]) : 0,
      fatalities: kind === 'House fire' || kind === 'Road accident' ? pick([0, 0, 0, 0, 0, 0, 0, 0, 1]) : 0,
      damage_est_eur: burning && !chance(0.1) ? integer(5, kind === 'House fire' ? 4200 : 300) * 100 : null,
      probable_cause: burning
        ? pick(['electrical fault', 'arson', 'cooking', 'cigarette', 'lightning', 'undetermined', 'undetermined'])
        : null,
    };
  });
  return { callouts: toCsv(rows) };
}

/** Invented milkings of a dairy farm. */
export function dairy() {
  const { integer, pick, day, chance } = seeded(72_003);
  const cows = Array.from({ length: 84 }, (_, index) => {
    const breed = pick(['Holstein', 'Holstein', 'Holstein', 'Jersey', 'Simmental']);
    return { ear_tag: `NL${4100 + index}`, breed, lact_no: integer(1, 6), calved_on: day('2022-09-01', '2023-09-30') };
  });
  const rows = Array.from({ length: 1900 }, () => {
    const cow = pick(cows);
    const litres = integer(70, cow.breed === 'Jersey' ? 150 : 215) / 10;
    return {
      ear_tag: cow.ear_tag,
      breed: cow.breed,
      lact_no: cow.lact_no,
      calved_on: cow.calved_on,
      milking_date: day('2023-10-01', END),
      session: pick(['AM', 'PM']),
      barn: pick(['Barn A', 'Barn A', 'Barn B', 'Barn C']),
      yield_l: chance(0.02) ? null : litres.toFixed(1),
      fat_pct: (integer(cow.breed === 'Jersey' ? 470 : 360, cow.breed === 'Jersey' ? 590 : 460) / 100).toFixed(2),
      prot_pct: (integer(310, 400) / 100).toFixed(2),
      scc_k: chance(0.06) ? null : pick([integer(40, 190), integer(40, 190), integer(190, 620)]),
      antibiotics: pick(['no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes']),
    };
  });
  return { milk_records: toCsv(rows) };
}

/** Invented runs of a factory that moulds parts of plastic. */
export function moulding() {
  const { integer, pick, day, chance } = seeded(72_004);
  const parts = [
    ['P-110', 'Bottle cap', 'HDPE', 5200],
    ['P-110', 'Bottle cap', 'HDPE', 5200],
    ['P-220', 'Gear wheel', 'POM', 1400],
    ['P-305', 'Phone case', 'TPU', 1900],
    ['P-410', 'Lunch box', 'PP', 950],
    ['P-415', 'Lunch box lid', 'PP', 1300],
  ];
  const reasons = ['tool change', 'tool change', 'material shortage', 'machine fault', 'no operator'];
  const rows = Array.from({ length: 1040 }, (_, index) => {
    const [number, name, material, usual] = pick(parts);
    const shift = pick(['early', 'early', 'late', 'night']);
    const good = Math.round((usual * integer(60, 115)) / 100);
    const stopped = chance(0.45);
    return {
      run_id: 12_000 + index,
      prod_date: day('2023-09-01', END),
      shift,
      line: pick(['L1', 'L1', 'L2', 'L3', 'L4']),
      part_no: number,
      part_name: name,
      resin: material,
      operator: chance(0.05) ? null : pick(['Aydin', 'Kowalski', 'Nguyen', 'Schmidt', 'Weiss']),
      qty_good: good,
      qty_scrap: Math.round((good * integer(2, shift === 'night' ? 95 : 60)) / 1000),
      cycle_s: (integer(60, 380) / 10).toFixed(1),
      downtime_min: stopped ? integer(5, 190) : 0,
      dt_reason: stopped ? pick(reasons) : null,
      energy_kwh: chance(0.04) ? null : (integer(900, 6400) / 10).toFixed(1),
    };
  });
  return { production_runs: toCsv(rows) };
}

/** Invented calls of ships at a port. */
export function port() {
  const { integer, pick, day, chance } = seeded(72_005);
  const flags = ['Panama', 'Panama', 'Liberia', 'Malta', 'Norway', 'Singapore'];
  const kinds = ['Container', 'Container', 'Tanker', 'Bulk carrier', 'Car carrier', 'Cruise ship'];
  const names = ['Aurora', 'Borealis', 'Cassandra', 'Dorado', 'Esperanza', 'Fortuna', 'Galatea', 'Halcyon', 'Isolde'];
  const ships = names.flatMap((name) =>
    ['Star', 'Wave', 'Pride'].map((last) => ({
      vessel: `${name} ${last}`,
      flag: pick(flags),
      vessel_type: pick(kinds),
    })),
  );
  const goods = { Container: 'containers', Tanker: 'crude oil', 'Bulk carrier': 'grain', 'Car carrier': 'cars' };
  const rows = Array.from({ length: 540 }, (_, index) => {
    const ship = pick(ships);
    const eta = `${day('2023-01-01', '2024-06-25')} ${two(integer(0, 23))}:00:00`;
    const ata = chance(0.04) ? null : minutesLater(eta, pick([-90, -30, 0, 15, 60, 240, integer(300, 2000)]));
    const cruise = ship.vessel_type === 'Cruise ship';
    return {
      call_no: `PC${2000 + index}`,
      ...ship,
      eta,
      ata,
      atd: ata === null ? null : minutesLater(ata, integer(cruise ? 480 : 700, cruise ? 900 : 5200)),
      berth: ata === null ? null : pick(['Quay 1', 'Quay 1', 'Quay 2', 'Oil Pier', 'Terminal East']),
      cargo: goods[ship.vessel_type] ?? null,
      cargo_t: cruise ? null : integer(2000, 88_000),
      pax: cruise ? integer(600, 4800) : null,
      port_dues_usd: ata === null ? null : integer(3200, 61_000),
      pilot: pick(['Y', 'Y', 'Y', 'N']),
      agent: pick(['Seabright', 'Seabright', 'Maritima', 'Nordhavn']),
    };
  });
  return { port_calls: toCsv(rows) };
}

/** Invented animals of a shelter. */
export function shelter() {
  const { integer, pick, day, chance } = seeded(72_006);
  const names = ['Bella', 'Rocky', 'Luna', 'Max', 'Minka', 'Oscar', 'Coco', 'Rex', 'Lilly', 'Balu', 'Nala', 'Findus'];
  const weights = { dog: [40, 420], cat: [20, 70], rabbit: [10, 35], 'guinea pig': [7, 12] };
  const rows = Array.from({ length: 870 }, (_, index) => {
    const species = pick(['dog', 'dog', 'dog', 'cat', 'cat', 'cat', 'cat', 'rabbit', 'guinea pig']);
    const came = day('2022-08-01', '2024-06-27');
    const outcome = pick(['adoption', 'adoption', 'adoption', 'return to owner', 'transfer', 'died', 'euthanasia']);
    const left = later(came, integer(1, species === 'dog' ? 160 : 95));
    const gone = left <= END;
    return {
      animal_id: `A${700 + index}`,
      name: chance(0.08) ? null : pick(names),
      species,
      sex: pick(['m', 'f', 'f', 'unknown']),
      age_mths: chance(0.1) ? null : integer(1, 156),
      weight_kg: (integer(...weights[species]) / 10).toFixed(1),
      intake_date: came,
      intake_type: pick([
        'stray',
        'stray',
        'stray',
        'owner surrender',
        'owner surrender',
        'seized',
        'returned adoption',
      ]),
      chipped: pick(['yes', 'no']),
      neutered: pick(['yes', 'yes', 'no']),
      outcome_date: gone ? left : null,
      outcome_type: gone ? outcome : null,
      adoption_fee: gone && outcome === 'adoption' ? pick([40, 90, 150, 280]) : null,
      kennel: `${pick(['K', 'K', 'C', 'S'])}${integer(1, 18)}`,
    };
  });
  return { intakes: toCsv(rows) };
}

/** Invented samples of a laboratory for water. */
export function waterlab() {
  const { integer, pick, day, chance } = seeded(72_007);
  const places = [
    ['Mill Spring', 'well'],
    ['Oak Farm', 'well'],
    ['Primary School', 'tap'],
    ['Town Clinic', 'tap'],
    ['Lido', 'pool'],
    ['Sports Hall Pool', 'pool'],
    ['River Bend', 'river'],
    ['Harbour Bridge', 'river'],
  ];
  const rows = Array.from({ length: 690 }, (_, index) => {
    const [site, source] = pick(places);
    const germs = chance(0.62) ? 0 : integer(1, source === 'river' ? 900 : 40);
    const nitrate = integer(10, source === 'well' ? 720 : 380) / 10;
    const acidity = integer(62, 89) / 10;
    const passed = (source === 'river' || germs === 0) && nitrate <= 50 && acidity >= 6.5;
    return {
      sample_id: `W${String(index + 1).padStart(4, '0')}`,
      sampled_at: `${day('2022-10-01', END)} ${two(integer(7, 16))}:${pick(['00', '15', '30', '45'])}:00`,
      sampling_site: site,
      source_type: source,
      collector: chance(0.05) ? null : pick(['Ilse', 'Jonas', 'Mira']),
      temp_c: (integer(40, source === 'pool' ? 300 : 220) / 10).toFixed(1),
      ph: acidity.toFixed(1),
      turb_ntu: (integer(5, source === 'river' ? 900 : 45) / 100).toFixed(2),
      free_cl_mg_l: ['tap', 'pool'].includes(source) ? (integer(5, 140) / 100).toFixed(2) : null,
      nitrate_mg_l: nitrate.toFixed(1),
      e_coli_cfu: germs,
      result: passed ? 'pass' : 'fail',
      retest: passed ? 'N' : pick(['Y', 'Y', 'N']),
    };
  });
  return { water_samples: toCsv(rows) };
}
