import { seeded, toCsv } from './random.mjs';

const clock = (hour, minute) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;

/** Invented appointments of a hospital's outpatients. */
export function outpatients() {
  const { integer, pick, day, chance } = seeded(9031);
  const rows = Array.from({ length: 900 }, (_, index) => {
    const noShow = chance(0.12);
    return {
      appt_id: 50_000 + index,
      mrn: `M${integer(1000, 1420)}`,
      dept: pick(['Cardio', 'Ortho', 'Derm', 'ENT', 'Paeds']),
      provider: pick(['Dr. Okafor', 'Dr. Lindqvist', 'Dr. Marsh', 'Dr. Patel', 'Dr. Ruiz', 'Dr. Vance']),
      appt_ts: `${day('2023-01-02', '2024-06-28')} ${clock(integer(8, 17), pick([0, 15, 30, 45]))}`,
      visit_type: pick(['New', 'Follow-up', 'Follow-up', 'Telehealth']),
      pt_age: integer(1, 93),
      pt_sex: pick(['F', 'M']),
      wait_min: noShow ? null : integer(0, 95),
      no_show: noShow ? 'Y' : 'N',
      payer: pick(['Medicare', 'Medicaid', 'Blue Cross', 'Self-pay', 'Aetna']),
      copay_usd: chance(0.08) ? null : pick([0, 10, 20, 35, 50]),
      referred_by: chance(0.4) ? null : pick(['GP', 'Emergency', 'Specialist']),
    };
  });
  return { outpatient_appointments: toCsv(rows) };
}

/** Invented subscriptions of a software company. */
export function subscriptions() {
  const { integer, pick, day, chance } = seeded(77_120);
  const rows = Array.from({ length: 460 }, (_, index) => {
    const churned = chance(0.28) ? day('2023-07-01', '2024-06-27') : null;
    return {
      sub_id: `SUB-${2000 + index}`,
      account_name: `${pick(['Blue', 'Iron', 'Swift', 'Green', 'North', 'Bright'])}${pick(['field', 'works', 'lab', 'soft', 'path'])} ${pick(['GmbH', 'Ltd', 'Inc', 'SARL'])} ${index}`,
      tier: pick(['Starter', 'Starter', 'Team', 'Business', 'Enterprise']),
      mrr_eur: integer(29, 2400),
      seats: integer(1, 250),
      billing_cycle: pick(['monthly', 'annual']),
      started_at: `${day('2021-02-01', '2023-06-28')}T${clock(integer(0, 23), integer(0, 59))}Z`,
      churned_at: churned === null ? null : `${churned}T${clock(integer(0, 23), integer(0, 59))}Z`,
      churn_reason: churned === null ? null : pick(['price', 'missing features', 'competitor', 'went out of business']),
      country_cd: pick(['DE', 'FR', 'UK', 'US', 'NL']),
      auto_renew: pick(['true', 'true', 'false']),
      nps: chance(0.45) ? null : integer(0, 10),
    };
  });
  return { subscriptions: toCsv(rows) };
}

/** Invented vans and lorries, and what they were filled up with. */
export function fleet() {
  const { integer, pick, day, chance } = seeded(404);
  const vehicles = Array.from({ length: 48 }, (_, index) => ({
    vehicle_id: `V${String(index + 1).padStart(3, '0')}`,
    plate: `${pick(['HH', 'HB', 'KI'])}-${pick(['AB', 'KL', 'XZ'])} ${integer(100, 999)}`,
    make: pick(['Ford', 'Mercedes', 'MAN', 'Iveco']),
    model_year: integer(2012, 2024),
    body_type: pick(['van', 'truck', 'pickup']),
    depot: pick(['Hamburg', 'Bremen', 'Kiel']),
    payload_kg: integer(6, 120) * 100,
    decommissioned: pick(['no', 'no', 'no', 'yes']),
  }));
  const fillUps = Array.from({ length: 1300 }, (_, index) => ({
    fill_up_id: index + 1,
    vehicle_id: pick(vehicles).vehicle_id,
    filled_at: `${day('2023-01-01', '2024-06-30')} ${clock(integer(5, 21), integer(0, 59))}`,
    fuel: pick(['diesel', 'diesel', 'petrol', 'AdBlue']),
    litres: (integer(150, 1800) / 10).toFixed(1),
    cost_eur: (integer(2500, 32_000) / 100).toFixed(2),
    odometer_km: integer(4000, 390_000),
    driver_name: chance(0.1) ? null : pick(['A. Brandt', 'C. Yilmaz', 'J. Petersen', 'M. Nowak', 'S. Hoang']),
  }));
  return { vehicles: toCsv(vehicles), fill_ups: toCsv(fillUps) };
}

/** Invented readings of a campus's meters. */
export function meters() {
  const { integer, pick, day, chance } = seeded(5050);
  const rows = Array.from({ length: 1500 }, () => ({
    meter_id: `MTR-${integer(1, 24)}`,
    building: pick(['Library', 'Sports Hall', 'Dormitory A', 'Dormitory B', 'Chemistry Lab', 'Canteen']),
    utility: pick(['electricity', 'gas', 'water']),
    reading_ts: `${day('2023-07-01', '2024-06-30')} ${clock(integer(0, 23), 0)}`,
    usage_kwh: chance(0.03) ? null : (integer(20, 9000) / 10).toFixed(1),
    peak_kw: (integer(10, 900) / 10).toFixed(1),
    outdoor_temp_c: (integer(-90, 330) / 10).toFixed(1),
    estimated: pick(['0', '0', '0', '1']),
    quality_flag: pick(['OK', 'OK', 'OK', 'SUSPECT', 'n/a']),
  }));
  return { meter_readings: toCsv(rows) };
}

/** An invented web shop of three tables. */
export function webshop() {
  const { integer, pick, day, chance } = seeded(31_337);
  const shoppers = Array.from({ length: 220 }, (_, index) => ({
    shopper_id: 7000 + index,
    full_name: `${pick(['Ada', 'Bruno', 'Chloe', 'Dario', 'Elif', 'Femi', 'Greta'])} ${pick(['Abel', 'Berg', 'Costa', 'Duval', 'Eriksen'])}`,
    city: pick(['Lyon', 'Porto', 'Ghent', 'Graz', 'Turin']),
    signup_date: day('2021-01-01', '2024-05-30'),
    newsletter: pick(['yes', 'no']),
    loyalty_level: chance(0.3) ? null : pick(['bronze', 'silver', 'gold']),
  }));
  const purchases = Array.from({ length: 900 }, (_, index) => ({
    purchase_no: 100_001 + index,
    shopper_id: 7000 + integer(0, 199),
    placed_at: `${day('2023-01-01', '2024-06-30')} ${clock(integer(0, 23), integer(0, 59))}`,
    state: pick(['delivered', 'delivered', 'shipped', 'cancelled', 'refunded']),
    channel: pick(['web', 'app', 'phone']),
    voucher_code: chance(0.75) ? null : pick(['SPRING10', 'WELCOME5', 'VIP20']),
    shipping_eur: pick([0, 3.9, 5.9]),
  }));
  const articles = [
    ['Trail Shoe', 'Footwear'],
    ['City Sneaker', 'Footwear'],
    ['Rain Jacket', 'Outerwear'],
    ['Down Vest', 'Outerwear'],
    ['Wool Cap', 'Accessories'],
    ['Canvas Belt', 'Accessories'],
  ];
  const lines = Array.from({ length: 2100 }, (_, index) => {
    const [article, category] = pick(articles);
    return {
      line_no: index + 1,
      purchase_no: 100_001 + integer(0, 899),
      article,
      category,
      qty: integer(1, 5),
      unit_price_eur: (integer(900, 18_900) / 100).toFixed(2),
      returned: pick(['no', 'no', 'no', 'yes']),
    };
  });
  return { shoppers: toCsv(shoppers), purchases: toCsv(purchases), purchase_lines: toCsv(lines) };
}

/** An invented personnel file. */
export function personnel() {
  const { integer, pick, day, chance } = seeded(1815);
  const rows = Array.from({ length: 390 }, (_, index) => ({
    emp_no: 9000 + index,
    last_name: `${pick(['Ames', 'Boyd', 'Cruz', 'Dunn', 'Ekwueme', 'Fox', 'Gray'])}`,
    gender: pick(['female', 'male', 'non-binary']),
    job_title: pick(['Analyst', 'Engineer', 'Technician', 'Accountant', 'Recruiter', 'Team Lead']),
    org_unit: pick(['R&D', 'Finance', 'Ops', 'HR', 'Sales']),
    site: pick(['Leeds', 'Cork', 'Gdansk']),
    hire_dt: day('2012-03-01', '2024-06-20'),
    term_dt: chance(0.2) ? day('2024-06-21', '2024-06-30') : null,
    base_salary_gbp: integer(240, 1150) * 100,
    bonus_pct: chance(0.25) ? null : integer(0, 20),
    fte: pick([1, 1, 1, 0.8, 0.5]),
    remote: pick(['yes', 'no']),
    sick_days_ytd: integer(0, 19),
    manager_no: chance(0.05) ? null : 9000 + integer(0, 40),
  }));
  return { staff_list: toCsv(rows) };
}
