import type { ChartSpec } from './chart.js';

/** A question, parted from how its answer should be shown. */
export interface ChartRequest {
  /** What is asked, without the words about its picture; empty in "as a pie chart". */
  readonly question: string;
  /** Whether a picture is asked for. */
  readonly asked: boolean;
  /** Which; undefined for any. */
  readonly mark?: ChartSpec['mark'] | undefined;
}

const marks: Readonly<Record<string, ChartSpec['mark']>> = {
  bar: 'bar',
  column: 'bar',
  line: 'line',
  area: 'area',
  scatter: 'point',
  pie: 'arc',
  donut: 'arc',
  doughnut: 'arc',
};
const kind = `(?<kind>${Object.keys(marks).join('|')})`;
const picture = '(?:chart|plot|graph|diagram|visuali[sz]ation)s?';
const a = '(?:an?|the)\\s+';

const forms = [
  // "… as a bar chart", "… in a graph", ", drawn as bars"
  `[,;]?\\s*(?:\\band\\s+)?(?:\\b(?:show|draw|plot|display|visuali[sz]e)(?:n|ed|d)?\\s+)?\\b(?:as|in|on|using|with)\\s+(?:${a})?(?:${kind}\\s*)?${picture}\\b`,
  `[,;]?\\s*(?:\\b(?:drawn|shown|plotted)\\s+)?\\bas\\s+(?:${a})?${kind}s?(?=\\s*[?.!]*$)`,
  // "Draw a line chart of …", "pie chart of …"
  `^(?:please\\s+)?(?:(?:can|could)\\s+you\\s+)?(?:(?:show|draw|make|create|give|plot|build|render|generate)\\s+(?:me\\s+)?)?(?:${a})?(?:${kind}\\s*)?${picture}\\s+(?:of|for|with|showing|that\\s+shows?)\\s+`,
  // "Make it a pie chart"
  `^(?:now\\s+)?(?:make|turn)\\s+(?:it|that|this|them)\\s+(?:into\\s+|to\\s+)?(?:${a})?(?:${kind}\\s*)?${picture}(?=\\s*[?.!]*$)`,
  // "Plot …"
  `^(?:please\\s+)?(?:(?:can|could)\\s+you\\s+)?(?:plot|chart|graph|visuali[sz]e|draw)\\s+(?:me\\s+)?`,
].map((form) => new RegExp(form, 'i'));
const listed = /[,;]?\s*\b(?:as|in)\s+an?\s+(?:table|list)(?=\s*[?.!]*$)/i;
const pictureWord = new RegExp(`^${picture}$`, 'i');
const reference =
  /^(?:please\s+)?(?:(?:now\s+)?(?:show|draw|display|make|do|give|put)\s+)?(?:me\s+)?(?:it|that|this|them|those|these|the same|the (?:result|answer|numbers))?$/i;

/**
 * Reads "as a pie chart", "plot …", "line chart of …" off a question. Where the data themselves are about charts or
 * graphs, going by `names` of tables and columns, the words stay: they mean those.
 */
export function readChartRequest(text: string, names: readonly string[]): ChartRequest {
  const asIs = text.replaceAll(/\s+/g, ' ').trim().replace(listed, '');
  if (names.flatMap((name) => name.split(/[^\p{Letter}]+/u)).some((word) => pictureWord.test(word))) {
    return { question: text, asked: false };
  }
  for (const form of forms) {
    const found = form.exec(asIs);
    if (!found) continue;
    const rest = `${asIs.slice(0, found.index)}${asIs.slice(found.index + found[0].length)}`.trim();
    return { question: rest.replace(/^[?.!,;\s]+$/, ''), asked: true, mark: markOf(found.groups?.kind) };
  }
  return { question: asIs, asked: false };
}

/** Whether only the picture of the answer before is to change: "as a pie chart", "show it as bars". */
export function redrawsOnly({ question, asked }: ChartRequest): boolean {
  return asked && reference.test(question.replace(/[?.!\s]+$/, ''));
}

function markOf(word: string | undefined): ChartSpec['mark'] | undefined {
  return word === undefined ? undefined : marks[word.toLowerCase()];
}
