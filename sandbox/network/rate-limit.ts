import type { RequestHandler } from "express";
import { Refusal } from "./refusal.ts";

const windowMs = 5 * 60 * 1000;

/** Counts the calls of each token in windows of five minutes, says in headers what is left, and refuses what is over. */
export function rateLimit(limit: number, now: () => number): RequestHandler {
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
    response.set("X-RateLimit-Limit", String(limit));
    response.set("X-RateLimit-Remaining", String(Math.max(0, limit - count)));
    response.set("X-RateLimit-Reset", new Date(windowEnds).toISOString());
    if (count > limit) throw new Refusal(429, "Too many requests");
    next();
  };
}
