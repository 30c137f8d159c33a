import dns from "node:dns";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { until } from "../../../test/fakes/until.ts";
import { Taken } from "../../errors.ts";
import type { Leave } from "../../model/leave.ts";
import { request } from "./request.ts";

const never = new AbortController().signal;
const lookup = dns.lookup;
afterEach(() => void (dns.lookup = lookup));

/** Names are looked up only when told to: until then no connection stands. */
function holdConnections(): { readonly waiting: number; letGo(): void } {
  const held: (() => void)[] = [];
  dns.lookup = ((...asked: Parameters<typeof lookup>) => void held.push(() => lookup(...asked))) as typeof lookup;
  return {
    get waiting() {
      return held.length;
    },
    letGo: () => held.splice(0).forEach((go) => go()),
  };
}

async function listen(server: Server): Promise<URL> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return new URL(`http://localhost:${(server.address() as AddressInfo).port}/`);
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  await closed;
}

function toLeave(why?: () => Error | undefined): Leave & { readonly asked: number } {
  let asked = 0;
  return {
    get asked() {
      return asked;
    },
    check() {
      asked += 1;
      const error = why?.();
      if (error !== undefined) throw error;
    },
  };
}

test("whether it may leave is asked when the connection stands, not before", async () => {
  const server = createHttpServer((_, response) => response.setHeader("Connection", "close").end("1"));
  const address = await listen(server);
  const connections = holdConnections();
  const leave = toLeave();
  const answering = request({ address, json: { a: "b" }, leave }, never);
  await until(() => connections.waiting === 1);
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  expect(leave.asked).toBe(0);
  connections.letGo();
  expect(await answering).toMatchObject({ status: 200, body: 1 });
  expect(leave.asked).toBe(1);
  await close(server);
});

test("of what may not leave any more the network sees no byte, however late it connects", async () => {
  let [connected, bytes] = [0, 0];
  const server = createServer((socket) => {
    connected += 1;
    socket.on("data", (some) => (bytes += some.length)).on("error", () => undefined);
    socket.on("end", () => socket.end());
  });
  const address = await listen(server);
  const connections = holdConnections();
  let isOurs = true;
  const leave = toLeave(() => (isOurs ? undefined : new Taken("Another connector is at it")));
  const asking = request({ address, form: { status: "We look for it." }, leave }, never).catch(
    (error: unknown) => error,
  );
  await until(() => connections.waiting === 1);
  isOurs = false;
  connections.letGo();
  expect(await asking).toBeInstanceOf(Taken);
  await close(server);
  expect({ connected, bytes }).toEqual({ connected: 1, bytes: 0 });
});

test.each([
  [
    "a form",
    { form: { status: "Grüße" } },
    "application/x-www-form-urlencoded;charset=UTF-8",
    "status=Gr%C3%BC%C3%9Fe",
  ],
  ["JSON", { json: { text: "Grüße" } }, "application/json", '{"text":"Grüße"}'],
])("%s arrives whole and in one piece, its length told before", async (_kind, asked, type, body) => {
  const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createHttpServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      seen.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
      response.setHeader("Connection", "close").end("1");
    });
  });
  const address = await listen(server);
  await request({ address, ...asked, leave: toLeave() }, never);
  await close(server);
  expect(seen).toMatchObject([
    { headers: { "content-length": `${Buffer.byteLength(body)}`, "content-type": type }, body },
  ]);
  expect(seen[0]?.headers).not.toHaveProperty("transfer-encoding");
});

test("what has left goes to no other place", async () => {
  const server = createHttpServer((_, response) =>
    response.writeHead(307, { Location: "/other", Connection: "close" }).end(),
  );
  const address = await listen(server);
  const leave = toLeave();
  expect(await request({ address, json: {}, leave }, never)).toMatchObject({ status: 307 });
  expect(leave.asked).toBe(1);
  await close(server);
});
