import type { RequestHandler, Response } from "express";
import { z } from "zod";
import { badToken, invalid, notFound, Refusal } from "./refusal.ts";

/**
 * A failure to order: what it meets, how many requests it lets pass first, and how many it then spoils. To meet the n-th
 * request of all kinds, order `{ skip: n - 1, act }`. The opening of a stream is a GET of `/api/v1/streaming`.
 *
 *   "401" … "503"   the network's own refusal, and nothing happens
 *   "forget"        a list is answered with nothing in it, as by a replica that lags
 *   "drop-before"   the connection is cut and nothing happens
 *   "drop-after"    it happens, and the answer is lost
 *   "hold"          waits until the faults are taken back; then it happens, whether or not anybody still waits for it
 *   "hold-after"    it happens, and the answer waits until the faults are taken back
 *   "drop-streams"  every stream is cut, and the request is served
 */
export const Fault = z.strictObject({
  match: z
    .strictObject({
      method: z.string().optional(),
      /** How the path begins; with a `$` at its end the whole path. */
      path: z.string().optional(),
      /** Words in what is posted. */
      body: z.string().optional(),
    })
    .default({}),
  skip: z.int().nonnegative().default(0),
  times: z.int().positive().default(1),
  act: z.enum([
    ...(["401", "403", "404", "422", "429", "500", "503"] as const),
    ...(["forget", "drop-before", "drop-after", "hold", "hold-after", "drop-streams"] as const),
  ]),
});
export type Fault = z.infer<typeof Fault>;

/** A request as far as a fault looks at it. */
export interface Met {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

export interface Faults {
  order(faults: readonly Fault[]): void;
  /** Takes all back and lets go what is held. */
  clear(): void;
  /** What happens to this request; counts it. Of several faults that meet it the first ordered one acts. */
  strike(request: Met): Fault["act"] | undefined;
  /** Resolves at the next `clear`. */
  released(): Promise<void>;
}

export function createFaults(): Faults {
  let ordered: Fault[] = [];
  let release = Promise.withResolvers<undefined>();
  return {
    order: (faults) => void (ordered = [...ordered, ...faults.map((fault) => ({ ...fault }))]),
    clear: () => {
      ordered = [];
      release.resolve(undefined);
      release = Promise.withResolvers();
    },
    strike: (request) => {
      for (const fault of ordered.filter((each) => isMet(each, request))) {
        if (fault.skip > 0) {
          fault.skip -= 1;
          continue;
        }
        fault.times -= 1;
        if (fault.times === 0) ordered = ordered.filter((each) => each !== fault);
        return fault.act;
      }
      return undefined;
    },
    released: () => release.promise,
  };
}

const isMet = ({ match }: Fault, { method, path, body = "" }: Met): boolean =>
  (match.method ?? method).toUpperCase() === method && isAt(path, match.path ?? "") && body.includes(match.body ?? "");

const isAt = (path: string, wanted: string): boolean =>
  wanted.endsWith("$") ? path === wanted.slice(0, -1) : path.startsWith(wanted);

/** Lets the ordered faults happen to the requests that come by. */
export const spoil =
  (faults: Faults, dropStreams: () => void): RequestHandler =>
  async (request, response, next) => {
    const path = request.originalUrl.split("?")[0] ?? "";
    const act = faults.strike({ method: request.method, path, body: JSON.stringify(request.body ?? "") });
    const refusal = act && toRefusal(act);
    if (refusal?.status === 429) response.set("X-RateLimit-Remaining", "0");
    if (refusal) throw refusal;
    if (act === "forget") return void response.json([]);
    if (act === "drop-before") return void request.socket.destroy();
    if (act === "hold") await faults.released();
    if (act === "drop-streams") dropStreams();
    if (act === "drop-after") beforeAnswer(response, () => request.socket.destroy());
    if (act === "hold-after") {
      const released = faults.released();
      beforeAnswer(response, (answer) => void released.then(answer));
    }
    next();
  };

/** Hands the sending of the answer, when all else has happened, to `instead`. */
function beforeAnswer(response: Response, instead: (answer: () => void) => void): void {
  const json = response.json.bind(response);
  response.json = (body: unknown) => {
    instead(() => json(body));
    return response;
  };
}

/** The refusals that Mastodon words so; undefined: this act is none. */
function toRefusal(act: Fault["act"]): Refusal | undefined {
  switch (act) {
    case "401":
      return badToken();
    case "403":
      return new Refusal(403, "This action is not allowed");
    case "404":
      return notFound();
    case "422":
      return invalid("Ordered to fail");
    case "429":
      return new Refusal(429, "Too many requests");
    case "500":
      return new Refusal(500, "Something went wrong on our end");
    case "503":
      return new Refusal(503, "Service Unavailable");
    default:
      return undefined;
  }
}
