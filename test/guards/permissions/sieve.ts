import { createServer, request as toRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Actor } from "../../../sandbox/org/access.ts";
import type { TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import type { Grant } from "./grants.ts";
import { openTrial, type Asked } from "./trial.ts";

const OBJECTS = [
  ...["Account", "Case", "Contact", "Lead", "Social_Account__c", "Social_Listener__c"],
  ...["Social_Persona__c", "Social_Post__c", "Social_Reply__c", "Social_Rule__c"],
];

/** Rights that only calls that write need. */
const TO_WRITE = /(editable|allowCreate|allowEdit|allowDelete|modifyAllRecords)$/;
/** Rights that matter where rows are not shared. */
const OF_ALL = /(AllRecords|allowDelete)$/;

/** A grant, and the connector's user without it. */
export interface Suspect extends Grant {
  readonly less: Actor;
  /** The sandbox cannot take it away, or not at the moment that needs it: it is needed where a call names it. */
  readonly isUnplayed: boolean;
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

  function siftOut(asked: Asked, concerned: readonly Suspect[]): void {
    if (concerned.length === 0) return;
    const before = toLosses(trial.ask(whole, asked));
    for (const suspect of concerned) {
      if (suspect.isUnplayed || toLosses(trial.ask(suspect.less, asked)) !== before) left.delete(suspect);
    }
  }

  function sift(asked: Asked): void {
    if (left.size === 0) return;
    const text = asked.url + JSON.stringify(asked.body ?? "");
    const isWrite = /"method":"(POST|PATCH|DELETE)"/.test(text);
    const concerned = [...left].filter(
      ({ name, about }) => (isWrite || !TO_WRITE.test(name)) && text.includes(about.replace(/__c$/, "")),
    );
    const [ofAll = [], others = []] = [true, false].map((is) =>
      concerned.filter(({ name }) => OF_ALL.test(name) === is),
    );
    siftOut(asked, others);
    if (ofAll.length > 0) sharingNothing(served, () => siftOut(asked, ofAll));
  }

  const server = createServer((request, response) => {
    void forward(served.url, request, response, sift);
  });
  const { promise: listening, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, "127.0.0.1", () => resolve(undefined));
  await listening;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    left: () => [...left].map(({ name }) => name),
    async [Symbol.asyncDispose]() {
      const { promise: closed, resolve: close } = Promise.withResolvers<undefined>();
      server.close(() => close(undefined));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** As in an org whose admin has made all sharing private. */
function sharingNothing({ org }: TestOrg, work: () => void): void {
  const closed = OBJECTS.map((name) => {
    const object = org.store.schema.object(name);
    if (object === undefined) throw new Error(`There is no ${name}`);
    const { sharing } = object;
    Object.assign(object, { sharing: "Private" });
    return () => Object.assign(object, { sharing });
  });
  try {
    work();
  } finally {
    for (const reopen of closed) reopen();
  }
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
