import { z } from "zod";
import type { Finding } from "../crm.ts";
import { API_VERSION } from "./connect.ts";
import type { ExamineOptions } from "./examine-options.ts";

const Limits = z.object({ DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }) });

/** From here on the clocks are so far apart that due times and signatures are wrong. */
const WORST_SKEW_MS = 60_000;
const DOUBTFUL_SKEW_MS = 10_000;

/** How many calls are left of the org's day, whoever uses them up. */
export async function examineCalls({ session }: ExamineOptions, signal: AbortSignal): Promise<readonly Finding[]> {
  const { DailyApiRequests } = Limits.parse(await session.more(`/services/data/v${API_VERSION}/limits`, signal));
  const { Max, Remaining } = DailyApiRequests;
  const state = Remaining < Max / 20 ? "bad" : Remaining < Max / 5 ? "doubtful" : "good";
  const remedy =
    state === "good"
      ? ""
      : "See in Setup → API Usage who makes the calls; what the connector may use is salesforce.callShare.";
  return [
    { what: "API calls of the org", state, detail: `${Remaining} of ${Max} are left for these 24 hours.`, remedy },
  ];
}

/** The org's clock against ours: due times are counted by both. The list of versions is public, and tells the time. */
export async function examineClock(
  { clock, expected }: ExamineOptions,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const asked = Date.parse(clock.now());
  const answer = await fetch(new URL("/services/data", expected.login.loginUrl), {
    method: "HEAD",
    redirect: "follow",
    signal,
  });
  const answered = Date.parse(clock.now());
  const theirs = Date.parse(answer.headers.get("date") ?? "");
  const what = "Clock of the org";
  if (Number.isNaN(theirs)) {
    const remedy = "Check salesforce.loginUrl: it should be the org's My Domain.";
    return [{ what, state: "doubtful", detail: "The org did not tell the time.", remedy }];
  }
  // Their time is in whole seconds.
  const skewMs = Math.abs(theirs + 500 - (asked + answered) / 2);
  const state = skewMs > WORST_SKEW_MS ? "bad" : skewMs > DOUBTFUL_SKEW_MS ? "doubtful" : "good";
  const remedy = state === "good" ? "" : "Set this machine's clock by a time server (NTP).";
  return [{ what, state, detail: `It is ${Math.round(skewMs / 1000)} s from ours.`, remedy }];
}
