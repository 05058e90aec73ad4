// The official JavaScript server doing the same work: everyone is in the room that their token names,
// posts get the room's next number, are acknowledged and go to everyone. It stores nothing and knows nobody.

import { createServer } from 'node:http';
import { Server } from '../socket/tests/javascript/node_modules/socket.io/wrapper.mjs';

const http = createServer();
const chat = new Server(http, { transports: ['websocket'] }).of('/chat');
const last = new Map();

chat.on('connection', (socket) => {
  const mine = socket.handshake.auth.token;
  socket.join(mine);
  socket.on('message:post', ({ id, room, text }, answer) => {
    const seq = (last.get(mine) ?? 0) + 1;
    last.set(mine, seq);
    const message = { id, room, seq, author: room, text, at: Date.now() };
    answer({ ok: { seq, at: message.at } });
    chat.to(mine).emit('message:posted', message);
  });
});

http.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
