// A server for the tests, made of the official library. Prints its port once it
// listens. Settings come from the environment, and what it does is up to the
// client: every event below is one thing that a test can ask for.

import { createServer } from "node:http";
import { Server } from "socket.io";

const setting = (name, otherwise) => Number(process.env[name] ?? otherwise);

const http = createServer();
const io = new Server(http, {
  transports: ["websocket"],
  pingInterval: setting("PING_INTERVAL", 25_000),
  pingTimeout: setting("PING_TIMEOUT", 20_000),
  connectionStateRecovery: process.env.RECOVERY ? {} : undefined,
});

const chat = io.of("/chat");

chat.use((socket, next) => {
  if (socket.handshake.auth.token !== "wrong") return next();
  const refusal = new Error("Not authorized");
  refusal.data = { code: "bad_token", retry: false };
  next(refusal);
});

io.on("connection", serve);
chat.on("connection", serve);

function serve(socket) {
  const numbers = [];
  let heartbeats = 0;
  socket.conn.on("heartbeat", () => (heartbeats += 1));

  socket.on("echo", (...args) => args.pop()(...args));
  socket.on("never_answer", () => {});
  socket.on("who_am_i", (answer) =>
    answer({
      id: socket.id,
      namespace: socket.nsp.name,
      auth: socket.handshake.auth,
      cookie: socket.handshake.headers.cookie,
      origin: socket.handshake.headers.origin,
    }),
  );
  socket.on("number", (number) => numbers.push(number));
  socket.on("numbers", (answer) => answer(numbers));
  socket.on("heartbeats", (answer) => answer(heartbeats));

  socket.on("ask_me", (timeout) =>
    socket.timeout(timeout).emit("question", 40, 2, (error, answer) => {
      socket.emit("answered", error ? "no answer" : answer);
    }),
  );
  socket.on("ask_me_for_bytes", () =>
    socket.emit("question", (bytes) => socket.emit("answered", bytes.toString("hex"))),
  );
  socket.on("send_bytes", () =>
    socket.emit("bytes", Buffer.from([1, 2, 3]), { inside: Buffer.from([4, 5]) }),
  );
  socket.on("hex", ({ bytes }, more, answer) =>
    answer(bytes.toString("hex"), more.toString("hex")),
  );

  socket.on("tell_me_who_leaves", () => socket.join("curious"));
  socket.on("disconnect", (reason) => socket.nsp.to("curious").emit("left", reason));
  socket.on("send_me_away", () => socket.disconnect());
  socket.on("close_transport", () => socket.conn.close());
  socket.on("close_transport_and_post", (...posts) => {
    socket.on("disconnect", () => posts.forEach((post) => socket.nsp.emit("post", post)));
    socket.conn.close();
  });
  socket.on("post", (post) => socket.nsp.emit("post", post));
}

http.listen(setting("PORT", 0), "127.0.0.1", () => console.log(http.address().port));
