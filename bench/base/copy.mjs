// Raw DuckDB: a typed read_csv copied to Parquet (zstd). Arguments: CSV file, Parquet file, threads, memory limit.
import { DuckDBInstance } from '@duckdb/node-api';

const [source, target, threads, memoryLimit] = process.argv.slice(2);
const columns =
  "{order_id: 'BIGINT', customer_id: 'BIGINT', ordered_at: 'TIMESTAMP', country: 'VARCHAR', category: 'VARCHAR', quantity: 'BIGINT', price: 'DECIMAL(18,2)', note: 'VARCHAR'}";
const instance = await DuckDBInstance.create(':memory:', { threads, memory_limit: memoryLimit });
const connection = await instance.connect();
const began = performance.now();
await connection.run(
  `COPY (FROM read_csv('${source}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = ${columns})) TO '${target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000)`,
);
console.log(`took ${performance.now() - began}`);
