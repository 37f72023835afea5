import { seeded, toCsv } from './random.mjs';

const firstNames = 'Aisha,Ben,Chloe,Daniel,Emma,Farid,Grace,Henry,Isla,Jack,Karim,Laura,Mei,Noah,Olivia,Priya,Quentin,Rosa,Sam,Tara'.split(',');
const lastNames = 'Adams,Baker,Chen,Doyle,Evans,Fischer,Gupta,Hughes,Ito,Jones,Khan,Lee,Murphy,Nguyen,Owens,Patel,Reid,Smith,Turner,Young'.split(',');
const departments = [
  [1, 'Engineering', 'Dublin', 4_200_000], [2, 'Sales', 'London', 2_900_000], [3, 'Marketing', 'London', 1_300_000],
  [4, 'Human Resources', 'Dublin', 650_000], [5, 'Finance', 'Edinburgh', 980_000], [6, 'Customer Support', 'Cardiff', 1_100_000],
  [7, 'Legal', 'London', 720_000], [8, 'Research', 'Edinburgh', 1_850_000],
];
const titles = ['Analyst', 'Engineer', 'Manager', 'Specialist', 'Director', 'Assistant', 'Coordinator'];

/** An invented company: employees and the departments they work in. */
export function staff() {
  const { integer, pick, chance, day } = seeded(77);
  const employees = Array.from({ length: 420 }, (_, index) => ({
    employee_id: 2000 + index,
    first_name: pick(firstNames),
    last_name: pick(lastNames),
    gender: pick(['F', 'M']),
    birth_date: day('1960-02-01', '2001-11-20'),
    department_id: integer(1, 8),
    job_title: pick(titles),
    annual_salary: integer(240, 1400) * 100,
    hire_date: day('2010-01-10', '2024-05-31'),
    termination_date: chance(0.2) ? day('2024-06-05', '2025-03-30') : null,
    is_remote: chance(0.35) ? 'yes' : 'no',
    performance_score: chance(0.1) ? null : integer(1, 5),
    vacation_days_left: integer(0, 30),
  }));
  const named = departments.map(([department_id, department_name, location, budget]) => ({
    department_id,
    department_name,
    location,
    budget,
  }));
  return { employees: toCsv(employees), departments: toCsv(named) };
}
