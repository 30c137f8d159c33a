import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Misconfigured, Refused, Unavailable } from "../errors.ts";
import type { RawRequest } from "../sources/source.ts";
import { Cut, readBody } from "./read-body.ts";
import { toHeaders } from "./to-headers.ts";

/** What became of a delivery. "cut": the sender went away before it was complete. */
export type HookOutcome = "taken" | "refused" | "unknown" | "busy" | "unavailable" | "failed" | "cut";

/** Makes all of a delivery durable, and says how many events it held. Throws `Refused`, `Unavailable`. */
export type Taker = (request: RawRequest) => Promise<number>;

export interface HooksOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** In bytes. */
  readonly longestBody: number;
  /** What `/hooks/schema` answers with. */
  readonly schema: object;
  /** By the account's name. */
  readonly takers: ReadonlyMap<string, Taker>;
  readonly onOutcome: (outcome: HookOutcome) => void;
  readonly onUnforeseen: (error: unknown) => void;
  /** So many deliveries are read and made durable at a time; more are asked to come again. */
  readonly mostAtOnce?: number;
  /** A sender that takes longer than this for its request is cut off. */
  readonly slowMs?: number;
}

export interface Hooks extends AsyncDisposable {
  readonly url: string;
}

interface Answer {
  readonly status: number;
  readonly outcome: HookOutcome;
  readonly body: object;
  readonly retryAfterS?: number;
}

const AT_ONCE = 16;
const SLOW_MS = 15_000;
/** When there is no telling how long: soon, but not at once. */
const RETRY_AFTER_S = 30;
const CONNECTIONS = 256;

/**
 * Takes what other systems send: POST `/hooks/<account>` is answered with 202 when all of it is durable, and never before.
 * GET `/hooks/schema` shows the form. Nothing that was sent is logged. Throws `Misconfigured` where the port cannot be had.
 */
export async function openHooks(options: HooksOptions): Promise<Hooks> {
  const { host, port, slowMs = SLOW_MS } = options;
  const taking = new Set<Promise<void>>();
  const answer = toAnswering(options);
  const server = createServer(
    { requestTimeout: slowMs, headersTimeout: slowMs, connectionsCheckingInterval: Math.min(slowMs, 1000) },
    (request, response) => {
      const taken = answer(request, response).finally(() => taking.delete(taken));
      taking.add(taken);
    },
  );
  server.maxConnections = CONNECTIONS;
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new Misconfigured(`webhooks.port ${port} on ${host} cannot be opened: is another connector running there?`, {
      cause: error,
    });
  }
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/hooks`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      await Promise.all(taking);
    },
  };
}

function toAnswering(options: HooksOptions) {
  const { onOutcome, onUnforeseen, schema, mostAtOnce = AT_ONCE } = options;
  let atOnce = 0;

  async function take(taker: Taker, request: IncomingMessage): Promise<Answer> {
    if (atOnce >= mostAtOnce) return toLater("busy", 1);
    atOnce += 1;
    try {
      const headers = toHeaders(request.rawHeaders);
      const body = await readBody(request, options.longestBody);
      const events = await taker({ headers, body });
      return { status: 202, outcome: "taken", body: { status: "accepted", events } };
    } catch (error) {
      return toFailure(error, onUnforeseen);
    } finally {
      atOnce -= 1;
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url?.split("?")[0] ?? "";
    if (request.method === "GET" && path === "/hooks/schema") {
      send(request, response, { status: 200, body: schema });
      return;
    }
    const taker = request.method === "POST" ? options.takers.get(path.replace(/^\/hooks\//, "")) : undefined;
    const answer = taker === undefined ? UNKNOWN : await take(taker, request);
    onOutcome(answer.outcome);
    send(request, response, answer);
  };
}

const UNKNOWN: Answer = {
  status: 404,
  outcome: "unknown",
  body: { status: "not found", detail: "There are POST /hooks/<account> and GET /hooks/schema" },
};

/** What we did not foresee is answered without a word of how we are built: the sender tries again. */
function toFailure(error: unknown, onUnforeseen: (error: unknown) => void): Answer {
  if (error instanceof Refused)
    return { status: error.status, outcome: "refused", body: { status: "refused", detail: error.message } };
  if (error instanceof Unavailable) {
    const { retryAfterMs = RETRY_AFTER_S * 1000 } = error;
    return toLater("unavailable", Math.ceil(retryAfterMs / 1000));
  }
  if (error instanceof Cut) return { status: 400, outcome: "cut", body: { status: "refused", detail: error.message } };
  onUnforeseen(error);
  return { status: 500, outcome: "failed", body: { status: "failed" } };
}

function toLater(outcome: "busy" | "unavailable", retryAfterS: number): Answer {
  const detail = "Nothing of this delivery was kept: send it again later.";
  return { status: 503, outcome, retryAfterS, body: { status: "not now", detail } };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, retryAfterS }: Pick<Answer, "status" | "body" | "retryAfterS">,
): void {
  // What is still coming of a body that nobody wants is thrown away, so that the sender reads the answer.
  request.resume();
  if (response.destroyed) return;
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) }),
  });
  response.end(JSON.stringify(body));
}
