// The least that a WebSocket server can do: nothing for whoever is only there; a question goes to the model at the
// address given, and each of its tokens to whoever asked, or with "watch" to everybody.
import { createServer, request as send } from 'node:http';
import { WebSocketServer } from 'ws';

const [model] = process.argv.slice(2);
const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });

sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    const { content, watch } = JSON.parse(data);
    ask(content, (text) => {
      const frame = JSON.stringify({ type: 'text.delta', text });
      for (const each of watch ? sockets.clients : [socket]) each.send(frame);
    });
  });
});

function ask(content, token) {
  const body = JSON.stringify({ model: 'mock', stream: true, messages: [{ role: 'user', content }] });
  const asked = send(`${model}/v1/chat/completions`, { method: 'POST' }, (answer) => {
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk) => {
      const events = (rest + chunk).split('\n\n');
      rest = events.pop();
      for (const event of events) {
        const text = event.startsWith('data: {') && JSON.parse(event.slice(6)).choices[0]?.delta.content;
        if (text) token(text);
      }
    });
  });
  asked.end(body);
}

server.listen(0, '127.0.0.1', () => console.log(`ready at http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
