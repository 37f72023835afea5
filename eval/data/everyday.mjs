import { seeded, toCsv } from './random.mjs';

const surnames = 'Abbott,Brown,Carter,Davies,Ellis,Foster,Green,Harris,Irwin,Jackson,Kelly,Larsen,Moore,Nilsson,Olsen,Palmer,Quinn,Rice,Sage,Thomas'.split(',');
const givenNames = 'Anna,Arthur,Bertha,Charles,Edith,Frank,George,Harold,Ida,James,Kate,Leonard,Mary,Nora,Oscar,Patrick,Ruth,Sidney,Thomas,Walter'.split(',');

/** An invented passenger list in the style of well-known teaching data. */
export function voyage() {
  const { integer, pick, chance } = seeded(1912);
  const passengers = Array.from({ length: 600 }, (_, index) => {
    const sex = pick(['male', 'male', 'female']);
    const pclass = pick([1, 2, 3, 3]);
    return {
      PassengerId: index + 1,
      Survived: chance(sex === 'female' ? 0.7 : 0.25) ? 1 : 0,
      Pclass: pclass,
      Name: `${pick(surnames)}, ${sex === 'male' ? 'Mr.' : 'Mrs.'} ${pick(givenNames)} ${pick(givenNames)}`,
      Sex: sex,
      Age: chance(0.2) ? null : integer(1, 75),
      SibSp: pick([0, 0, 0, 1, 1, 2, 3]),
      Parch: pick([0, 0, 0, 1, 2]),
      Fare: (integer(500, 30_000) / 100 / pclass).toFixed(4),
      Cabin: chance(0.7) ? null : `${pick(['A', 'B', 'C', 'D'])}${integer(1, 120)}`,
      Embarked: pick(['S', 'S', 'C', 'Q']),
    };
  });
  return { titanic_style: toCsv(passengers) };
}

/** Invented monthly sales of a company with several regions. */
export function sales() {
  const { integer, pick, day, chance } = seeded(42);
  const products = { Laptop: 'Electronics', Phone: 'Electronics', Headphones: 'Electronics', Desk: 'Furniture', 'Office Chair': 'Furniture', Bookcase: 'Furniture', Paper: 'Supplies', 'Ink Cartridge': 'Supplies' };
  const rows = Array.from({ length: 1200 }, (_, index) => {
    const product = pick(Object.keys(products));
    const units = integer(1, 40);
    const price = integer(5, 900);
    return {
      'Order ID': `SO-${50_000 + index}`,
      'Order Date': day('2021-01-01', '2023-12-31'),
      Region: pick(['North', 'South', 'East', 'West']),
      Salesperson: pick(['Alice Moreau', 'Bob Tanaka', 'Carmen Ruiz', 'Dmitri Volkov', 'Ewa Nowak']),
      Product: product,
      Category: products[product],
      'Units Sold': units,
      'Unit Price': price,
      Revenue: units * price,
      Profit: Math.round(units * price * (integer(-5, 40) / 100)),
      'Customer Type': pick(['New', 'Returning']),
      'Discount %': chance(0.5) ? 0 : integer(1, 30),
    };
  });
  return { sales: toCsv(rows) };
}

/** Invented homes for sale. */
export function homes() {
  const { integer, pick, day, chance } = seeded(7);
  const rows = Array.from({ length: 500 }, (_, index) => ({
    listing_id: 900 + index,
    neighborhood: pick(['Riverside', 'Old Town', 'Hillcrest', 'Harbor View', 'Maple Park', 'University District']),
    property_type: pick(['House', 'House', 'Apartment', 'Condo', 'Townhouse']),
    bedrooms: integer(1, 6),
    bathrooms: integer(1, 4),
    sqft: integer(400, 4500),
    year_built: integer(1905, 2023),
    list_price: integer(90, 1500) * 1000,
    sold_price: chance(0.4) ? null : integer(85, 1450) * 1000,
    has_garage: chance(0.6),
    listed_on: day('2022-01-01', '2024-03-31'),
    agent: pick(['J. Ortiz', 'M. Chen', 'S. Patel', 'K. Brandt']),
  }));
  return { listings: toCsv(rows) };
}

/** Invented students with their exam results in another table. */
export function school() {
  const { integer, pick, day, chance } = seeded(99);
  const students = Array.from({ length: 200 }, (_, index) => ({
    id: index + 1,
    full_name: `${pick(givenNames)} ${pick(surnames)}`,
    grade_level: integer(9, 12),
    date_of_birth: day('2005-09-01', '2010-08-31'),
    hometown: pick(['Leeds', 'York', 'Hull', 'Bradford']),
    scholarship: chance(0.15) ? 'Y' : 'N',
    gpa: (integer(150, 400) / 100).toFixed(2),
  }));
  const exams = Array.from({ length: 1400 }, () => ({
    student_id: integer(1, 190),
    subject: pick(['Mathematics', 'Physics', 'History', 'English', 'Biology']),
    exam_date: day('2023-01-10', '2024-06-15'),
    score: chance(0.04) ? null : integer(20, 100),
    passed: chance(0.8),
  }));
  return { students: toCsv(students), exams: toCsv(exams) };
}

/** Invented support tickets, with times of day. */
export function support() {
  const { integer, pick, day, chance } = seeded(314);
  const two = (number) => String(number).padStart(2, '0');
  const rows = Array.from({ length: 900 }, (_, index) => {
    const opened = `${day('2023-01-01', '2024-06-30')} ${two(integer(0, 23))}:${two(integer(0, 59))}:00`;
    const isOpen = chance(0.2);
    const hours = integer(1, 200);
    return {
      ticket_no: `T-${1000 + index}`,
      created_at: opened,
      closed_at: isOpen ? null : new Date(Date.parse(`${opened.replace(' ', 'T')}Z`) + hours * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
      priority: pick(['Low', 'Medium', 'Medium', 'High', 'Urgent']),
      status: isOpen ? pick(['Open', 'In Progress']) : 'Closed',
      channel: pick(['Email', 'Phone', 'Chat']),
      assigned_to: chance(0.08) ? null : pick(['Lena Fuchs', 'Omar Haddad', 'Pia Lindqvist', 'Raj Mehta']),
      product: pick(['Mobile App', 'Web Portal', 'Billing', 'API']),
      resolution_hours: isOpen ? null : hours,
      satisfaction: isOpen || chance(0.3) ? null : integer(1, 5),
      escalated: chance(0.12),
    };
  });
  return { tickets: toCsv(rows) };
}

/** Invented books. */
export function library() {
  const { integer, pick, chance } = seeded(2718);
  const first = ['Silent', 'Golden', 'Broken', 'Hidden', 'Last', 'Burning', 'Distant', 'Paper', 'Winter', 'Iron'];
  const second = ['River', 'Garden', 'Promise', 'Empire', 'Letter', 'Horizon', 'Mirror', 'Forest', 'Song', 'Harbour'];
  const rows = Array.from({ length: 400 }, (_, index) => ({
    isbn: `978-${1_000_000 + index}`,
    title: `The ${pick(first)} ${pick(second)}${chance(0.5) ? ` of ${pick(['Time', 'Glass', 'Dust', 'Kings', 'Stars'])}` : ''}`,
    author: pick(['Amara Obi', 'Björn Dahl', 'Clara Weiss', 'Diego Fuentes', 'Eileen Ward', 'Fumiko Sato', 'Gideon Frost']),
    genre: pick(['Fantasy', 'Mystery', 'Romance', 'Science Fiction', 'History', 'Biography']),
    publication_year: integer(1950, 2023),
    num_pages: integer(90, 1200),
    language: pick(['English', 'English', 'French', 'German', 'Spanish']),
    avg_rating: chance(0.1) ? null : (integer(20, 50) / 10).toFixed(1),
    ratings_count: integer(0, 250_000),
    price_eur: (integer(399, 4999) / 100).toFixed(2),
    publisher: chance(0.07) ? null : pick(['Northgate Press', 'Blue Lantern', 'Meridian House', 'Oak & Quill']),
    in_print: chance(0.75) ? 'yes' : 'no',
  }));
  return { books: toCsv(rows) };
}
