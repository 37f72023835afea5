import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { asyncApiDocument } from '../../src/modules/chat/socket/async-api.js';
import { startApp, type TestApp } from '../support/app.js';
import { addWorkspace, join, signIn } from '../support/other-workspace.js';
import { ChatClient, type Frame } from '../support/chat-client.js';
import { frameFaults } from '../support/matches-schema.js';
import { answerWith, askingBack, untilStopped } from '../support/scripted-executor.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

/** Answers with the question; what the question begins with says how. */
const echo: Parameters<typeof answerWith>[1] = async (question, { emit, signal }, resumed) => {
  if (resumed) return `${(resumed.state as { question: string }).question} ${resumed.value}`;
  if (question.startsWith('which year')) return askingBack('Which year?', ['2023', '2024']);
  if (question.startsWith('for ever')) {
    await emit({ type: 'text.delta', text: 'I am' });
    return untilStopped(signal);
  }
  await emit({ type: 'step.started', name: 'think' });
  for (const word of question.split(' ')) await emit({ type: 'text.delta', text: `${word} ` });
  await emit({ type: 'step.finished', name: 'think' });
  return `You said: ${question}`;
};

describe('the socket', () => {
  let test: TestApp;
  let token: string;
  let document: object;

  beforeAll(async () => {
    test = await startApp({ settings: { SOCKETS_OPENED_PER_MINUTE: '100000', SOCKETS_PER_USER: '50' } });
    token = test.owner.token!;
    document = JSON.parse(JSON.stringify(asyncApiDocument(test.app.nest))) as object;
  });
  beforeEach(() => answerWith(test, echo));
  afterEach(() => {
    const frames = ChatClient.closeAll();
    expect(frames.flatMap((frame) => frameFaults(document, frame))).toEqual([]);
  });
  afterAll(() => test.close());

  const open = (options?: Parameters<typeof ChatClient.open>[2]) => ChatClient.open(test.address, token, options);
  const seqs = (events: readonly Frame[]) => events.map(({ seq }) => seq);
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

  it('answers a client of ten lines', async () => {
    const answer = await new Promise<Frame>((resolve) => {
      const socket = new WebSocket(`${test.address.replace('http', 'ws')}/ws?token=${token}`);
      socket.on('open', () => socket.send(JSON.stringify({ type: 'chat', content: 'Hello' })));
      socket.on('message', (data) => {
        const frame = JSON.parse(String(data)) as Frame;
        if (frame.type === 'assistant') resolve(frame);
      });
    });
    expect(answer).toMatchObject({ content: 'You said: Hello', status: 'completed' });
    expect(answer.message_id).toMatch(/^msg_/);
  });

  it('welcomes, acknowledges, and numbers the events without gaps', async () => {
    const client = await open();
    const ack = await client.ask({ type: 'chat', id: 'q1', content: 'one two three' });
    const events = await client.run(ack.run_id);
    expect(client.received.slice(0, 3)).toMatchObject([
      { type: 'welcome', limits: { frame_bytes: 65_536 } },
      { type: 'ack', re: 'q1', run_id: ack.run_id },
      { type: 'run.started', seq: 1 },
    ]);
    expect(seqs(events)).toEqual(upTo(events.length));
    expect(new Set(events.map(({ conversation_id }) => conversation_id)).size).toBe(1);
    expect(events.map(({ text }) => text ?? '').join('')).toBe('one two three ');
    expect(events.slice(-2)).toMatchObject([{ type: 'assistant' }, { type: 'run.finished', outcome: 'completed' }]);
  });

  it('answers what it is asked in order, in one conversation, however fast it is asked', async () => {
    const client = await open();
    for (const content of ['first', 'second', 'third']) client.send({ type: 'chat', content });
    await client.frame(({ content }) => content === 'You said: third');
    const answers = client.received.filter(({ type }) => type === 'assistant');
    expect(answers.map(({ content }) => content)).toEqual(
      ['first', 'second', 'third'].map((each) => `You said: ${each}`),
    );
    const conversationId = answers[0]!.conversation_id;
    expect(new Set(answers.map(({ conversation_id }) => conversation_id))).toEqual(new Set([conversationId]));
    const { body } = await test.owner.get(`/conversations/${conversationId}/messages`).expect(200);
    expect((body as { items: { content: string }[] }).items.map(({ content }) => content)).toEqual(
      ['first', 'second', 'third'].flatMap((each) => [each, `You said: ${each}`]),
    );
  });

  it('answers each frame with an id exactly once', async () => {
    const client = await open();
    const { run_id } = await client.ask({ type: 'chat', content: 'hello' });
    await client.run(run_id);
    const frames: Frame[] = [
      { type: 'hello', token },
      { type: 'chat', content: '' },
      { type: 'chat', content: 'x', surprise: 1 },
      { type: 'chat', content: 'x', constructor: 'x' },
      { type: 'chat', content: 'x', conversation_id: 'conv_none' },
      { type: 'chat', content: 'x', workspace_id: 'none' },
      { type: 'subscribe', run_id: 'run_none' },
      { type: 'subscribe', run_id, after: -1 },
      { type: 'subscribe', run_id, after: 2 },
      { type: 'subscribe', ...({ run_id: null } as object) },
      { type: 'cancel', run_id },
      { type: 'cancel', run_id: 'run_none' },
      { type: 'respond', interrupt_id: 'int_1', value: 'yes' },
      { type: 'respond', interrupt_id: `int_1_${run_id!.slice(4)}`, value: 'yes' },
    ];
    for (const [index, frame] of frames.entries()) client.send({ ...frame, id: `f${index}` });
    client.send({ type: 'ping', id: 'last' });
    await client.frame(({ type, re }) => type === 'pong' && re === 'last');
    const answers = frames.map((_, index) => client.received.filter(({ re }) => re === `f${index}`));
    expect(answers.map((each) => each.length)).toEqual(frames.map(() => 1));
    expect(answers.map(([each]) => (each!.problem as { type: string } | undefined)?.type ?? each!.type)).toEqual([
      '/problems/already-authenticated',
      '/problems/invalid-request',
      '/problems/invalid-request',
      '/problems/invalid-request',
      '/problems/conversation-not-found',
      '/problems/workspace-not-found',
      '/problems/run-not-found',
      '/problems/invalid-request',
      'ack',
      '/problems/invalid-request',
      'ack',
      '/problems/run-not-found',
      '/problems/nothing-asked',
      '/problems/nothing-to-answer',
    ]);
  });

  it('takes members that are null for absent ones', async () => {
    const client = await open();
    const nothing: object = { id: null, conversation_id: null, workspace_id: null, chatbot_id: null };
    client.send({ type: 'chat', content: 'a', ...nothing });
    client.send({ type: 'chat', content: 'b', ...nothing });
    await client.frame(({ content }) => content === 'You said: a');
    await client.frame(({ content }) => content === 'You said: b');
    expect(client.received.filter(({ type }) => type === 'ack')).toEqual([]);
  });

  describe('closes', () => {
    it('4401 for a wrong token, in the address or in hello', async () => {
      const wrong = await ChatClient.open(test.address, 'wrong');
      expect(await wrong.closed).toMatchObject({ code: 4401 });
      const empty = await ChatClient.open(test.address, '');
      expect(await empty.closed).toMatchObject({ code: 4401 });
      const late = await ChatClient.open(test.address);
      late.send({ type: 'hello', id: 'h', token: 'wrong' });
      expect(await late.closed).toMatchObject({ code: 4401 });
      expect(late.received).toEqual([]);
    });

    it('4401 for any frame before hello, with a reason', async () => {
      const client = await ChatClient.open(test.address);
      client.send({ type: 'chat', id: 'q', content: 'hello' });
      client.send({ type: 'chat', id: 'q2', content: 'hello' });
      expect(await client.closed).toMatchObject({ code: 4401 });
      expect(client.received).toMatchObject([
        { type: 'error', re: 'q', problem: { type: '/problems/socket-not-authenticated', status: 401 } },
      ]);
    });

    it('R53: 4408 without hello in five seconds', async () => {
      const began = performance.now();
      const [silent, pinging] = await Promise.all([ChatClient.open(test.address), ChatClient.open(test.address)]);
      pinging.send({ type: 'ping' });
      expect(await silent.closed).toMatchObject({ code: 4408 });
      expect(await pinging.closed).toMatchObject({ code: 4408 });
      const took = performance.now() - began;
      expect(took).toBeGreaterThan(4_900);
      expect(took).toBeLessThan(5_000 + soonMs);
    });

    it.each([
      ['no JSON', 'hello'],
      ['no object', '[1]'],
      ['null', 'null'],
      ['no type', '{}'],
      ['an unknown type', '{"type":"constructor"}'],
      ['bytes', Buffer.from('{"type":"ping"}')],
    ])('4400 for %s', async (_, data) => {
      const client = await open();
      client.socket.send(data);
      expect(await client.closed).toMatchObject({ code: 4400 });
    });

    it('4400 for text that is no UTF-8', async () => {
      const client = await open();
      client.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
      expect(await client.closed).toMatchObject({ code: 4400 });
    });

    it('4413 for a frame above 64 KiB, and not for one of 64 KiB', async () => {
      const client = await open();
      const padded = (bytes: number) => `{"type":"ping"${' '.repeat(bytes - 15)}}`;
      client.socket.send(padded(65_536));
      await client.frame(({ type }) => type === 'pong');
      client.socket.send(padded(65_537));
      expect(await client.closed).toEqual({ code: 4413, reason: 'Frames have at most 65536 bytes.' });
    });

    it('4403 for a page of another origin', async () => {
      for (const origin of ['https://evil.example', 'null', 'x']) {
        const client = await open({ headers: { origin } });
        expect(await client.closed).toMatchObject({ code: 4403 });
        expect(client.received).toEqual([]);
      }
      const own = await open({ headers: { origin: test.address } });
      expect((await own.ask({ type: 'chat', content: 'hi' })).type).toBe('ack');
    });

    it('4429 for too many frames', async () => {
      const client = await open();
      for (let each = 0; each < 300; each += 1) client.send({ type: 'ping' });
      expect(await client.closed).toMatchObject({ code: 4429 });
      expect(client.received.length).toBeLessThanOrEqual(201);
    });

    it('4429 for too many sockets of one user, and forgets closed ones', async () => {
      const { client: member } = await addWorkspace(test, 'viewer', test.workspaceId);
      const sockets = await Promise.all(Array.from({ length: 51 }, () => ChatClient.open(test.address, member.token)));
      const refused = sockets.filter(({ socket }) => socket.readyState !== WebSocket.OPEN);
      expect(refused).toHaveLength(1);
      expect(await refused[0]!.closed).toMatchObject({ code: 4429 });
      for (const each of sockets) each.socket.close();
      await Promise.all(sockets.map(({ closed }) => closed));
      const again = await ChatClient.open(test.address, member.token);
      expect((await again.ask({ type: 'chat', content: 'hi' })).type).toBe('ack');
    });
  });

  describe('ends within a second after', () => {
    const ends: readonly [string, (member: Awaited<ReturnType<typeof addWorkspace>>) => Promise<unknown>][] = [
      [
        'the member was removed',
        (member) => test.owner.delete(`/workspaces/${test.workspaceId}/members/${member.userId}`).expect(204),
      ],
      [
        'the account was disabled',
        (member) => test.owner.patch(`/users/${member.userId}`, { is_active: false }).expect(200),
      ],
      ['the session was ended', (member) => member.client.post('/auth/logout').expect(204)],
      [
        'the role no longer allows it',
        async (member) => {
          const role = { name: `Reader ${member.userId}`, description: '', permissions: ['tables:read'] };
          const { body } = await test.owner.post('/roles', role).expect(201);
          await test.owner
            .patch(`/workspaces/${test.workspaceId}/members/${member.userId}`, { role: (body as { id: string }).id })
            .expect(200);
        },
      ],
    ];

    it.each(ends)('%s, with what it had begun', async (_, takeAway) => {
      const member = await addWorkspace(test, 'viewer', test.workspaceId);
      let reason: unknown;
      answerWith(test, async (__, { signal }) => {
        signal.addEventListener('abort', () => (reason = signal.reason));
        return untilStopped(signal);
      });
      const client = await ChatClient.open(test.address, member.client.token);
      expect((await client.ask({ type: 'chat', content: 'for ever' })).type).toBe('ack');
      await takeAway(member);
      const began = performance.now();
      expect(await client.closed).toMatchObject({ code: 4403 });
      await until(async () => reason === 'access-ended');
      expect(performance.now() - began).toBeLessThan(soonMs);
    });

    it('the API token was revoked; a role that still allows it changes nothing', async () => {
      const member = await addWorkspace(test, 'analyst', test.workspaceId);
      const created = await member.client.post('/api-tokens', { name: 't', scopes: ['chat:use'] }).expect(201);
      const { id, token: secret } = created.body as { id: string; token: string };
      const client = await ChatClient.open(test.address, secret);
      await test.owner
        .patch(`/workspaces/${test.workspaceId}/members/${member.userId}`, { role: 'viewer' })
        .expect(200);
      expect(await client.chat('still here')).toMatchObject({ content: 'You said: still here' });
      await member.client.delete(`/api-tokens/${id}`).expect(204);
      const began = performance.now();
      expect(await client.closed).toMatchObject({ code: 4403 });
      expect(performance.now() - began).toBeLessThan(soonMs);
    });
  });

  describe('asking again', () => {
    it('gives one run for one id, at the same time and over sockets', async () => {
      let asked = 0;
      answerWith(test, async (question) => {
        asked += 1;
        return question;
      });
      const sockets = await Promise.all([open(), open(), open()]);
      const frame = { type: 'chat', id: 'same', content: 'only once' };
      const acks = await Promise.all(sockets.map((each) => each.ask(frame)));
      expect(new Set(acks.map(({ run_id }) => run_id)).size).toBe(1);
      expect(acks.filter(({ duplicate }) => duplicate === true)).toHaveLength(2);
      const runs = await Promise.all(sockets.map((each) => each.run(acks[0]!.run_id)));
      for (const events of runs) expect(seqs(events)).toEqual(upTo(events.length));
      expect(asked).toBe(1);
    });

    it('is harmless in a conversation, too, also while the answer is under way', async () => {
      const client = await open();
      const { conversation_id } = await client.chat('begin');
      const frame = { type: 'chat', id: 'again', content: 'for ever', conversation_id };
      const others = await Promise.all([open(), open(), open(), open()]);
      const acks = await Promise.all(others.map((each) => each.ask(frame)));
      expect(acks.map(({ type }) => type)).toEqual(['ack', 'ack', 'ack', 'ack']);
      expect(new Set(acks.map(({ run_id }) => run_id)).size).toBe(1);
      const busy = await client.ask({ type: 'chat', content: 'another', conversation_id });
      expect(busy).toMatchObject({ type: 'error', problem: { type: '/problems/conversation-busy' } });
      await client.ask({ type: 'cancel', run_id: acks[0]!.run_id });
      await others[0].run(acks[0]!.run_id);
    });

    it('after the socket was lost finds the run where it is', async () => {
      const first = await open();
      first.send({ type: 'chat', id: 'lost', content: 'for ever' });
      const { run_id } = await first.answerTo('lost');
      first.socket.terminate();
      const second = await open();
      expect(await second.ask({ type: 'chat', id: 'lost', content: 'for ever' })).toMatchObject({
        type: 'ack',
        run_id,
        duplicate: true,
      });
      await second.frame(({ type }) => type === 'text.delta');
      expect(await second.ask({ type: 'cancel', run_id })).toMatchObject({ type: 'ack', run_id });
      const events = await second.run(run_id);
      expect(seqs(events)).toEqual(upTo(events.length));
      expect(events.at(-2)).toMatchObject({ type: 'assistant', content: 'I am', status: 'cancelled' });
    });

    it('does not send twice what the socket follows already', async () => {
      const client = await open();
      const frame = { type: 'chat', id: 'twice', content: 'for ever' };
      const { run_id } = await client.ask(frame);
      client.send(frame);
      await client.frame(({ duplicate }) => duplicate === true);
      await client.ask({ type: 'cancel', run_id });
      const events = await client.run(run_id);
      expect(seqs(events)).toEqual(upTo(events.length));
    });
  });

  describe('a question back', () => {
    const asked = async (client: ChatClient) => {
      const { run_id } = await client.ask({ type: 'chat', content: 'which year was best' });
      return client.frame((frame) => frame.type === 'interrupt' && frame.run_id === run_id);
    };

    it('is answered from another socket by its id alone, once', async () => {
      const [mine, other] = await Promise.all([open(), open()]);
      const { run_id, interrupt_id, options } = await asked(mine);
      expect(options).toEqual([
        { value: '2023', label: '2023' },
        { value: '2024', label: '2024' },
      ]);
      const answers = await Promise.all([
        other.ask({ type: 'respond', interrupt_id, value: '2024' }),
        mine.ask({ type: 'respond', interrupt_id, value: '2023' }),
      ]);
      expect(answers.map(({ type }) => type).toSorted()).toEqual(['ack', 'error']);
      const events = await mine.run(run_id);
      expect(seqs(events)).toEqual(upTo(events.length));
      expect(events.at(-2)).toMatchObject({ type: 'assistant', status: 'completed' });
    });

    it('is nobody else’s to answer', async () => {
      const mine = await open();
      const { interrupt_id } = await asked(mine);
      const member = await addWorkspace(test, 'admin', test.workspaceId);
      const other = await ChatClient.open(test.address, member.client.token);
      expect(await other.ask({ type: 'respond', interrupt_id, value: '2024' })).toMatchObject({
        problem: { type: '/problems/run-not-found' },
      });
    });

    it('is answered by simply saying it, and a retry of that is no new question', async () => {
      const client = await open();
      const { run_id } = await asked(client);
      const reply = { type: 'chat', id: `reply-${run_id}`, content: 'The second: 2024' };
      expect(await client.ask({ ...reply, content: '2024' })).toMatchObject({ type: 'ack', run_id });
      await client.run(run_id);
      const again = await open();
      expect(await again.ask({ ...reply, content: '2024' })).toMatchObject({ run_id, duplicate: true });
      const events = await again.run(run_id);
      expect(seqs(events)).toEqual(upTo(events.length));
      expect(events.at(-2)).toMatchObject({ content: 'Which year? 2024' });
    });

    it('makes way for a new question', async () => {
      const client = await open();
      const { run_id } = await asked(client);
      expect(await client.chat('never mind that')).toMatchObject({ content: 'You said: never mind that' });
      expect((await client.run(run_id)).at(-1)).toMatchObject({ outcome: 'cancelled' });
    });
  });

  it('cancels from another socket within a second, and keeps what was said', async () => {
    const [mine, other] = await Promise.all([open(), open()]);
    const { run_id } = await mine.ask({ type: 'chat', content: 'for ever' });
    await mine.frame(({ type }) => type === 'text.delta');
    const began = performance.now();
    await other.ask({ type: 'cancel', run_id });
    expect((await mine.run(run_id)).at(-1)).toMatchObject({ outcome: 'cancelled' });
    expect(performance.now() - began).toBeLessThan(soonMs);
  });

  it('lets a run go on whose socket is closed', async () => {
    const first = await open();
    let finish = () => undefined as void;
    answerWith(test, async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return 'done';
    });
    const { run_id } = await first.ask({ type: 'chat', content: 'slow' });
    first.socket.close();
    await first.closed;
    finish();
    const second = await open();
    await second.ask({ type: 'subscribe', run_id });
    expect((await second.run(run_id)).at(-2)).toMatchObject({ content: 'done', status: 'completed' });
  });

  it('R52: subscribing at random points tells everything once, replayed or live', async () => {
    const words = Array.from({ length: 120 }, (_, index) => `w${index} `);
    answerWith(test, async (_, { emit }) => {
      for (const text of words) {
        await emit({ type: 'text.delta', text });
        await new Promise((resolve) => setTimeout(resolve, 3));
      }
      return words.join('');
    });
    const first = await open();
    const { run_id } = await first.ask({ type: 'chat', content: 'tell' });
    const told: Frame[] = [];
    for (let cut = 0; cut < 12 && told.at(-1)?.type !== 'run.finished'; cut += 1) {
      const client = await open();
      await client.ask({ type: 'subscribe', run_id, after: told.length });
      const wanted = told.length + 1 + Math.floor(Math.random() * 4);
      await client.frame(({ seq, type }) => type === 'run.finished' || seq! >= wanted);
      client.socket.terminate();
      told.push(...client.events(run_id).slice(0, wanted - told.length));
    }
    const last = await open();
    await last.ask({ type: 'subscribe', run_id, after: told.length });
    if (told.at(-1)?.type !== 'run.finished') told.push(...(await last.run(run_id)));
    expect(seqs(told)).toEqual(upTo(told.length));
    expect(told.map(({ text }) => text ?? '').join('')).toBe(words.join(''));
  });

  it('finds in another workspace what it follows there, and answers with its rights there only', async () => {
    const foreign = await addWorkspace(test);
    const client = await ChatClient.open(test.address, foreign.client.token);
    expect(await client.ask({ type: 'chat', content: 'x', workspace_id: test.workspaceId })).toMatchObject({
      problem: { type: '/problems/workspace-not-found' },
    });
    const mine = await open();
    const { run_id } = await mine.ask({ type: 'chat', content: 'hello' });
    expect(await client.ask({ type: 'subscribe', run_id })).toMatchObject({
      problem: { type: '/problems/run-not-found' },
    });
    expect(await client.ask({ type: 'cancel', run_id })).toMatchObject({
      problem: { type: '/problems/run-not-found' },
    });
  });

  it('keeps a conversation of its own for each workspace', async () => {
    const { client, userId } = await addWorkspace(test);
    await join(test, userId, test.workspaceId, 'viewer');
    const socket = await ChatClient.open(test.address, client.token);
    const [here, there, hereAgain] = [
      await socket.chat('here'),
      await socket.chat('there', { workspace_id: test.workspaceId }),
      await socket.chat('here again'),
    ];
    expect(hereAgain.conversation_id).toBe(here.conversation_id);
    expect(there.conversation_id).not.toBe(here.conversation_id);
  });

  describe('for a user whose default workspace does not allow it', () => {
    const reader = async () => {
      const member = await addWorkspace(test, 'viewer', test.workspaceId);
      const role = { name: `Reader ${member.userId}`, permissions: ['tables:read', 'api_tokens:write'] };
      const { body } = await test.owner.post('/roles', role).expect(201);
      await test.owner
        .patch(`/workspaces/${test.workspaceId}/members/${member.userId}`, { role: (body as { id: string }).id })
        .expect(200);
      return member;
    };

    it('opens when another does, and judges each frame by its workspace', async () => {
      const member = await reader();
      const other = await addWorkspace(test);
      await join(test, member.userId, other.workspaceId, 'viewer');
      const client = await ChatClient.open(test.address, member.client.token);
      expect(client.received).toMatchObject([{ type: 'welcome' }]);

      const elsewhere = { workspace_id: other.workspaceId };
      const answer = await client.chat('hello', elsewhere);
      expect(answer).toMatchObject({ content: 'You said: hello', status: 'completed' });
      const { run_id, conversation_id } = answer;
      const denied = { type: 'error', problem: { type: '/problems/permission-denied' } };
      for (const frame of [
        { type: 'chat', content: 'hello' },
        { type: 'chat', content: 'hello', conversation_id },
        { type: 'subscribe', run_id, workspace_id: test.workspaceId },
        { type: 'cancel', run_id, workspace_id: test.workspaceId },
      ])
        expect(await client.ask(frame as Frame)).toMatchObject(denied);
      expect(await client.chat('still here', elsewhere)).toMatchObject({ conversation_id });

      await other.client.delete(`/workspaces/${other.workspaceId}/members/${member.userId}`).expect(204);
      expect(await client.closed).toMatchObject({ code: 4403 });
    });

    it('stays shut when no other does, and to a token of the one that does not', async () => {
      const member = await reader();
      const shut = await ChatClient.open(test.address, member.client.token);
      expect(await shut.closed).toMatchObject({ code: 4403 });
      const other = await addWorkspace(test);
      await join(test, member.userId, other.workspaceId, 'viewer');
      const created = await member.client.post('/api-tokens', { name: 't', scopes: ['tables:read'] }).expect(201);
      const token = await ChatClient.open(test.address, (created.body as { token: string }).token);
      expect(await token.closed).toMatchObject({ code: 4403 });
    });
  });
});

describe('the socket behind proxies', () => {
  afterEach(() => void ChatClient.closeAll());

  it.each([
    ['0', 3, 1],
    ['1', 3, 3],
  ])('counts by address as %s trusted hops say', async (hops, sockets, admitted) => {
    const test = await startApp({ settings: { SOCKETS_OPENED_PER_MINUTE: '1', TRUSTED_PROXY_HOPS: hops } });
    try {
      const clients = [];
      for (let each = 1; each <= sockets; each += 1)
        clients.push(
          await ChatClient.open(test.address, test.owner.token, {
            headers: { 'x-forwarded-for': `6.6.6.6, 10.0.0.${each}` },
          }),
        );
      expect(clients.filter(({ received }) => received.length > 0)).toHaveLength(admitted);
      const refused = clients.filter(({ received }) => received.length === 0);
      for (const { closed } of refused) expect(await closed).toMatchObject({ code: 4429 });
    } finally {
      await test.close();
    }
  });

  it('R60: says going_away, closes 1001, and ends what runs so that it can be asked again', async () => {
    const test = await startApp({ settings: { SHUTDOWN_GRACE_SECONDS: '1' } });
    answerWith(test, (_, { signal }) => untilStopped(signal));
    const { email } = await addWorkspace(test, 'viewer', test.workspaceId);
    const member = await signIn(test, email);
    const client = await ChatClient.open(test.address, member.token);
    await client.ask({ type: 'chat', content: 'for ever' });
    const closing = test.close();
    expect(await client.closed).toMatchObject({ code: 1001 });
    expect(client.received.at(-1)).toEqual({ type: 'going_away', reconnect_after_ms: 1000 });
    await closing;
  });
});
