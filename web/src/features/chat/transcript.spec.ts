import { describe, expect, it } from '@jest/globals';
import { beginningOf, type RunProgress } from './run-progress';
import { transcriptOf } from './transcript';

const at = '2026-01-01T00:00:00Z';
const question = {
  message_id: 'msg_1',
  role: 'user',
  content: 'How many?',
  status: 'completed',
  created_at: at,
  run_id: 'run_1',
} as const;
const answer = { ...question, message_id: 'msg_2', role: 'assistant', content: '41.' } as const;
const pending = { id: 'q1', content: 'How many?' };
const running: RunProgress = { ...beginningOf('run_1'), text: 'There' };
const ended: RunProgress = {
  ...running,
  outcome: 'completed',
  answer: { messageId: 'msg_2', content: '41.', status: 'completed', followUps: [] },
};
const keys = (...given: Parameters<typeof transcriptOf>) => transcriptOf(...given).map(({ key }) => key);

describe('the transcript of a conversation', () => {
  it('shows a question at once, and once it is stored not twice', () => {
    expect(keys([], pending, [])).toEqual(['question-q1']);
    expect(keys([], { ...pending, runId: 'run_1' }, [])).toEqual(['question-run_1']);
    expect(keys([question], { ...pending, runId: 'run_1' }, [])).toEqual(['question-run_1']);
  });

  it('R52: shows an answer in one place while it comes, when it has ended, and when it is stored', () => {
    const wanted = ['question-run_1', 'answer-run_1'];
    expect(keys([question], undefined, [running])).toEqual(wanted);
    expect(keys([question], undefined, [ended])).toEqual(wanted);
    expect(keys([question, answer], undefined, [ended])).toEqual(wanted);
    expect(keys([question, answer], undefined, [running])).toEqual(wanted);
    expect(keys([question, answer], undefined, [])).toEqual(wanted);
  });

  it('puts the answer under way below its question', () => {
    const asked = { ...pending, id: 'q2', runId: 'run_2' };
    const wanted = ['question-run_1', 'answer-run_1', 'question-run_2', 'answer-run_2'];
    expect(keys([question, answer], asked, [ended, beginningOf('run_2')])).toEqual(wanted);
  });

  it('leaves out a run whose events are gone and whose answer is not stored yet', () => {
    expect(keys([question], undefined, [{ ...running, lost: true }])).toEqual(['question-run_1']);
  });

  it('keeps the steps beside the stored answer', () => {
    expect(transcriptOf([question, answer], undefined, [ended])[1]).toMatchObject({ progress: ended });
  });
});
