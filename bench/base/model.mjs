// A language model that says the same thing each time, over OpenAI's streaming protocol. The question says how: "fast" is
// 40 tokens of 1,000 characters at once, anything else 20 words, one every 5 ms after a pause of 20 ms.
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const event = (value) => `data: ${JSON.stringify(value)}\n\n`;
const said = (content) => event({ choices: [{ index: 0, delta: { content } }] });

async function answer(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { messages } = JSON.parse(body);
  const isFast = JSON.stringify(messages.at(-1)).includes('fast');
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  await delay(20);
  for (let token = 0; token < (isFast ? 40 : 20); token += 1) {
    response.write(said(isFast ? 'word '.repeat(200) : 'word '));
    if (!isFast) await delay(5);
  }
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
  response.end(`${event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } })}data: [DONE]\n\n`);
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => console.log(`ready at http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
