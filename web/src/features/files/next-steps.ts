import { paths } from '@/lib/paths';
import { selectAll } from '@/lib/sql-names';

/** The SQL page with a query that shows the first rows of a table. */
export function firstQuery(table: string): string {
  return paths.sql({ sql: selectAll(table, 100) });
}

/** The chat with a question that shows what can be asked. */
export function askAbout(table: string): string {
  return paths.chat({ question: `What is in ${table}?` });
}
