import { once } from "node:events";
import { connect } from "node:net";
import { openHooks } from "../../connector/http/hooks.ts";
import type { Source } from "../../connector/sources/source.ts";
import { LONGEST_BODY } from "../../connector/sources/webhook/index.ts";
import { NOW, type Wire } from "./delivery.ts";

/** A line to a real server, byte for byte. */
export interface Line extends AsyncDisposable {
  /** The status of the answer. Throws where there is none. */
  send(wire: Wire): Promise<number>;
}

export async function openLine(source: Source): Promise<Line> {
  const hooks = await openHooks({
    host: "127.0.0.1",
    port: 0,
    longestBody: LONGEST_BODY,
    schema: {},
    takers: new Map([["shop", (request) => Promise.resolve(source.receive?.(request, NOW).events.length ?? 0)]]),
    onOutcome: () => undefined,
    onUnforeseen: () => undefined,
  });
  const { hostname, port } = new URL(hooks.url);
  return {
    async send({ headers, body }) {
      const socket = connect(Number(port), hostname);
      const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
      const head = `POST /hooks/shop HTTP/1.1\r\nHost: shop\r\nContent-Length: ${body.length}\r\n${lines}\r\n`;
      socket.write(Buffer.from(head, "latin1"));
      socket.write(body);
      try {
        const [answer] = (await once(socket, "data")) as [Buffer];
        return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString("latin1"))?.[1]);
      } finally {
        socket.destroy();
      }
    },
    [Symbol.asyncDispose]: () => hooks[Symbol.asyncDispose](),
  };
}
