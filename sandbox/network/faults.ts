import type { RequestHandler } from "express";
import { z } from "zod";
import { badToken, invalid, notFound, Refusal } from "./refusal.ts";

/** A failure to order: what it meets, how many requests it lets pass first, and how many it then spoils. */
export const Fault = z.strictObject({
  match: z.strictObject({ method: z.string().optional(), path: z.string().optional() }).default({}),
  skip: z.int().nonnegative().default(0),
  times: z.int().positive().default(1),
  /** `drop-before`: the socket closes and nothing happened. `drop-after`: it happened, and the answer is lost. */
  act: z.enum(["503", "429", "422", "404", "403", "401", "drop-before", "drop-after"]),
});
export type Fault = z.infer<typeof Fault>;

export interface Faults {
  order(faults: readonly Fault[]): void;
  clear(): void;
  /** What happens to this request; counts it. Of several faults that meet it the first ordered one acts. */
  strike(method: string, path: string): Fault["act"] | undefined;
}

export function createFaults(): Faults {
  let ordered: Fault[] = [];
  return {
    order: (faults) => void (ordered = [...ordered, ...faults.map((fault) => ({ ...fault }))]),
    clear: () => void (ordered = []),
    strike: (method, path) => {
      for (const fault of ordered.filter((each) => isMet(each, method, path))) {
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
  };
}

const isMet = ({ match }: Fault, method: string, path: string): boolean =>
  (match.method ?? method).toUpperCase() === method && path.startsWith(match.path ?? "");

/** Lets the ordered faults happen to the requests that come by. */
export const spoil =
  (faults: Faults): RequestHandler =>
  (request, response, next) => {
    const act = faults.strike(request.method, request.originalUrl.split("?")[0] ?? "");
    switch (act) {
      case "503":
        throw new Refusal(503, "Service Unavailable");
      case "429":
        response.set("X-RateLimit-Remaining", "0");
        throw new Refusal(429, "Too many requests");
      case "422":
        throw invalid("Ordered to fail");
      case "404":
        throw notFound();
      case "403":
        throw new Refusal(403, "This action is not allowed");
      case "401":
        throw badToken();
      case "drop-before":
        request.socket.destroy();
        return;
      case "drop-after":
        response.end = () => {
          request.socket.destroy();
          return response;
        };
    }
    next();
  };
