/** Ends a run with the rows of the reliability table that its passed tests show; their names begin with "R21: …". */
export default class ReliabilityRows {
  onRunComplete(_contexts, { testResults }) {
    const rows = new Set();
    for (const { testResults: tests } of testResults) {
      for (const { status, title } of tests) {
        const named = status === 'passed' && /^R\d+(?:[,\s]+(?:and\s+)?R\d+)*/.exec(title);
        if (named) for (const row of named[0].match(/\d+/g)) rows.add(Number(row));
      }
    }
    const list = [...rows].sort((a, b) => a - b).map((row) => `R${row}`);
    console.log(`reliability rows covered: ${list.length} (${list.join(' ')})`);
  }
}
