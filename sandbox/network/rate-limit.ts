import type { RequestHandler } from "express";
import { Refusal } from "./refusal.ts";

export interface RateLimit {
  /** Calls that a token may make in one window. */
  readonly calls: number;
  readonly windowMs: number;
}

/** Counts the calls of each token in windows, says in headers what is left, and refuses what is over. */
export function rateLimit({ calls, windowMs }: RateLimit, now: () => number): RequestHandler {
  let windowEnds = 0;
  const used = new Map<string, number>();
  return (request, response, next) => {
    if (now() >= windowEnds) {
      windowEnds = (Math.floor(now() / windowMs) + 1) * windowMs;
      used.clear();
    }
    const who = request.get("authorization") ?? request.ip ?? "";
    const count = (used.get(who) ?? 0) + 1;
    used.set(who, count);
    response.set("X-RateLimit-Limit", String(calls));
    response.set("X-RateLimit-Remaining", String(Math.max(0, calls - count)));
    response.set("X-RateLimit-Reset", new Date(windowEnds).toISOString());
    if (count > calls) throw new Refusal(429, "Too many requests");
    next();
  };
}
