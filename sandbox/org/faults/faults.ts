import { z } from "zod";

const fault = z.strictObject({
  match: z
    .strictObject({ method: z.string().optional(), path: z.string().optional(), body: z.string().optional() })
    .default({}),
  /** How many fitting requests it strikes, and how many it lets pass before. */
  times: z.number().int().positive().default(1),
  skip: z.number().int().nonnegative().default(0),
  act: z.enum(["503", "drop-before", "drop-after", "lock", "expire", "limit", "hold"]),
});

export const faultList = z.array(fault);
export type Fault = z.infer<typeof fault>;
export type FaultAct = Fault["act"];

/** Failures that a test has ordered. */
export interface Faults {
  order(list: readonly Fault[]): void;
  /** Forgets them all and lets go what is held. */
  readonly clear: () => void;
  /** What befalls this request. `path` is path and query, `body` the raw text. */
  strike(request: { method: string; path: string; body: string }): FaultAct | undefined;
  /** Resolves at the next `clear`. */
  released(): Promise<void>;
  /** How many requests wait for that. */
  held(): number;
}

export function openFaults(): Faults {
  let ordered: Fault[] = [];
  let release = Promise.withResolvers<undefined>();
  let held = 0;

  return {
    order: (list) => {
      ordered.push(...list.map((each) => ({ ...each })));
    },
    clear: () => {
      ordered = [];
      held = 0;
      release.resolve(undefined);
      release = Promise.withResolvers();
    },
    strike: (request) => {
      const fitting = ordered.find((each) => each.times > 0 && fits(each, request));
      if (!fitting) return undefined;
      if (fitting.skip > 0) {
        fitting.skip -= 1;
        return undefined;
      }
      fitting.times -= 1;
      return fitting.act;
    },
    released: () => {
      held += 1;
      return release.promise;
    },
    held: () => held,
  };
}

function fits({ match }: Fault, request: { method: string; path: string; body: string }): boolean {
  // An order for any call means those of the REST API; the event bus is struck by its name.
  if (match.path === undefined && request.path.startsWith("/eventbus.")) return false;
  const path = decodeURIComponent(request.path.replace(/%(?![0-9a-fA-F]{2})/g, "%25").replaceAll("+", " "));
  return (
    (match.method === undefined || match.method.toUpperCase() === request.method) &&
    (match.path === undefined || request.path.includes(match.path) || path.includes(match.path)) &&
    (match.body === undefined || request.body.includes(match.body))
  );
}
