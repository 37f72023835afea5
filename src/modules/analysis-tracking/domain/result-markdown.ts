import type { AnalysisResult, Insight, Meaning, Principle, Quote } from '../../../interviews/analysis.js';
import { count } from '../../../interviews/confidence.js';
import { inertText, shortened } from '../../answers/domain/inert-text.js';

const longestQuote = 600;

/** The result to be read and passed on: principles first, each with its insights and their quotes. What others said does nothing. */
export function resultMarkdown(result: AnalysisResult): string {
  const writer = new Writer(result);
  return `${[
    `# ${inert(result.title)}`,
    about(result),
    ...result.notes.map((note) => `> ${inert(note)}`),
    '## Principles',
    ...result.principles.map((principle) => writer.principle(principle)),
    ...writer.otherInsights(),
    '## Patterns',
    writer.patterns(),
    '## Interviews',
    writer.interviews(),
  ].join('\n\n')}\n`;
}

function about({ method, model, created_at, interviews, chunks, meanings, patterns }: AnalysisResult): string {
  const by =
    method === 'model' ? `read by the language model ${inert(model ?? '')}` : 'extracted without a language model';
  const counts = `${interviews.length} interviews, ${chunks.length} chunks, ${meanings.length} meanings, ${patterns.length} patterns`;
  return `${created_at.slice(0, 10)}, ${by}: ${counts}.`;
}

class Writer {
  private readonly meanings: ReadonlyMap<string, Meaning>;
  private readonly insights: ReadonlyMap<string, Insight>;
  private readonly told = new Set<string>();

  constructor(private readonly result: AnalysisResult) {
    this.meanings = new Map(result.meanings.map((meaning) => [meaning.meaning_id, meaning]));
    this.insights = new Map(result.insights.map((insight) => [insight.insight_id, insight]));
  }

  principle({ statement, rationale, insights, how_might_we, priority }: Principle): string {
    return [
      `### ${priority.rank}. ${inert(statement)}`,
      `*${priority.level}*: ${inert(priority.reason)}`,
      inert(rationale),
      `**${inert(how_might_we)}**`,
      ...insights.flatMap((id) => this.insight(id)),
    ].join('\n\n');
  }

  /** Those that no principle rests on. */
  otherInsights(): string[] {
    const others = this.result.insights.filter(({ insight_id }) => !this.told.has(insight_id));
    return others.length === 0
      ? []
      : ['## Other insights', ...others.flatMap(({ insight_id }) => this.insight(insight_id))];
  }

  patterns(): string {
    const lines = this.result.patterns.map(({ theme, summary, support, tension }) => {
      const { meanings, speakers, interviews } = support;
      const counts = `${count(meanings, 'meaning')}, ${count(speakers, 'speaker')}, ${count(interviews, 'interview')}`;
      const opposed = tension ? ` Tension: ${inert(tension.description)}` : '';
      return `- **${inert(theme)}** (${counts}): ${inert(summary)}${opposed}`;
    });
    return lines.length === 0 ? 'None.' : lines.join('\n');
  }

  interviews(): string {
    const lines = this.result.interviews.map(({ interview, name, words, speakers }) => {
      const who = speakers.map(({ speaker, role }) => `${inert(speaker)} (${role})`).join(', ');
      return `${interview}. ${inert(name)}: ${words} words${who === '' ? '' : `; ${who}`}`;
    });
    return lines.join('\n');
  }

  private insight(id: string): string[] {
    const insight = this.insights.get(id);
    if (!insight) return [];
    this.told.add(id);
    const { claim, confidence, evidence_for, evidence_against, gaps } = insight;
    const lines = [
      `- ${inert(claim)} (confidence ${confidence.level}: ${inert(confidence.reason)})`,
      ...this.quotes(evidence_for, ''),
      ...this.quotes(evidence_against, 'Against: '),
      ...gaps.map((gap) => `  - Not known: ${inert(gap)}`),
    ];
    return [lines.join('\n')];
  }

  private quotes(ids: readonly string[], before: string): string[] {
    return ids.flatMap((id) => {
      const quote = this.meanings.get(id)?.quote;
      return quote ? [`  - ${before}“${inert(shortened(quote.text, longestQuote))}” — ${this.source(quote)}`] : [];
    });
  }

  private source({ speaker, interview, chunk_id, start, end }: Quote): string {
    const name = this.result.interviews.find((each) => each.interview === interview)?.name ?? '';
    const who = speaker === undefined ? '' : `${inert(speaker)}, `;
    return `${who}${inert(name)}, ${chunk_id}, ${start}–${end}`;
  }
}

function inert(text: string): string {
  return inertText(shortened(text, 4000));
}
