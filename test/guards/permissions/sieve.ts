import { createServer, request as toRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Actor } from "../../../sandbox/org/access.ts";
import type { TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import type { Grant } from "./grants.ts";
import { openTrial, type Asked } from "./trial.ts";

/** A grant, and the connector's user without it. */
export interface Suspect extends Grant {
  readonly less: Actor;
}

export interface Sieve extends AsyncDisposable {
  /** Where the connector is to call the org. */
  readonly url: string;
  /** Those that no call has needed so far. */
  readonly left: () => readonly string[];
}

/**
 * Stands between the connector and the org: before a call goes through, it is made without each grant that may matter to it, and
 * undone. A grant is needed where more is refused then, or less is found.
 */
export async function openSieve(served: TestOrg, whole: Actor, suspects: readonly Suspect[]): Promise<Sieve> {
  const trial = openTrial(served.org);
  const left = new Set(suspects);

  function sift(asked: Asked): void {
    const text = asked.url + JSON.stringify(asked.body ?? "");
    const concerned = [...left].filter(({ about }) => text.includes(about));
    if (concerned.length === 0) return;
    const before = toLosses(trial.ask(whole, asked));
    for (const suspect of concerned) {
      if (toLosses(trial.ask(suspect.less, asked)) !== before) left.delete(suspect);
    }
  }

  const server = createServer((request, response) => {
    void forward(served.url, request, response, sift);
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await listening;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    left: () => [...left].map(({ name }) => name),
    async [Symbol.asyncDispose]() {
      const { promise: closed, resolve: close } = Promise.withResolvers<void>();
      server.close(() => close());
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What an answer refuses, and how many rows it found. */
function toLosses({ status, body }: { readonly status: number; readonly body?: unknown }): string {
  const text = JSON.stringify(body ?? "");
  return [status, ...text.matchAll(/"(?:errorCode|statusCode|totalSize|httpStatusCode)":[^,}\]]+/g)].join();
}

async function forward(
  url: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  sift: (asked: Asked) => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const { method = "GET", url: path = "/" } = incoming;
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  if (path.startsWith("/services/data/")) sift({ method, url: path, headers, body: body && JSON.parse(body) });
  // The org is told the sieve's name, and gives it as its own at the login.
  const through = toRequest(url + path, { method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  through.on("error", () => outgoing.destroy());
  through.end(body);
}
