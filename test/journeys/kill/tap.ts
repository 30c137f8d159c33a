import { once } from "node:events";
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Counted } from "./point.ts";

/** Shared by all: what a dead connector has sent off must not be cut. */
const agent = new Agent({ keepAlive: true, timeout: 5000 });

/**
 * The line of one connector to a server: what goes over it is counted. When the connector dies nothing more enters it and no
 * answer comes back; what had entered before still happens.
 */
export interface Tap extends AsyncDisposable {
  readonly url: string;
  cut(): void;
}

/** Who is told of what goes over a line, and may cut it off: a fuse, say. */
export interface Meter {
  /** A request is about to enter: its number; undefined: it must not. */
  begin(what: Counted, body: Buffer): number | undefined;
  /** It was answered; false: nobody must learn of that. */
  happened(what: Counted, n: number): boolean;
}

export async function openTap(target: string, what: Counted, meter: Meter): Promise<Tap> {
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const n = meter.begin(what, body);
    if (n === undefined) return void response.destroy();
    const { method, url: path = "/", headers } = request;
    const onward = ask(new URL(path, target), { agent, method, headers }).end(body);
    const [answer] = (await once(onward, "response")) as [IncomingMessage];
    const answered = await buffer(answer);
    if (!meter.happened(what, n)) return void response.destroy();
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(answered);
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const cut = (): void => server.closeAllConnections();
  return {
    url: `http://localhost:${port}`,
    cut,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      cut();
      await closed;
    },
  };
}
