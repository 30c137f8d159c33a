import { readCoverage } from "../../coverage.ts";
import type { Finding } from "../../crm/crm.ts";
import { isOpen, type Coverage, type Gap, type GapCause } from "../../model/coverage.ts";
import type { Visit } from "../../wire/visit.ts";
import { bad, doubtful, good, type Check } from "./check.ts";

const REMEDIES: Readonly<Record<GapCause, string>> = {
  unreachable: "It is filled by itself when the network answers again",
  "stream dropped": "It is filled by itself: posts come a little late meanwhile",
  "webhook silent": "Look whether the sender still delivers",
  "token refused": "Give the account a valid token and start the connector anew",
  "rate limit": "It is filled by itself when the network lets us ask again",
  "disk nearly full": "Free some of the disk: listening goes on by itself",
  "connector stopped": "Start the connector: it is filled by itself",
  "not given": "The network no longer gives it; an export of it can be brought in: earshot import FILE",
};
const BAD: readonly GapCause[] = ["token refused", "disk nearly full"];

/** What has been heard of each account, and what has not. */
export function toCoverageCheck(visit: Visit): Check {
  return {
    what: "Coverage",
    async look() {
      await using journal = await visit.journal();
      const pages = await readCoverage(journal);
      if (pages.length === 0) return [doubtful("Coverage", "Nothing has been heard yet", "Start the connector")];
      return pages.flatMap(({ account, feeds }) => feeds.flatMap((feed) => toFindings(account, feed)));
    },
  };
}

function toFindings(account: string, { feed, since, heardUntil, gaps }: Coverage): readonly Finding[] {
  const what = `Coverage ${account} ${feed}`;
  const open = gaps.filter(isOpen);
  const reach = heardUntil === undefined ? `Listened to since ${since}` : `Heard until ${heardUntil}`;
  if (open.length === 0) return [good(what, `${reach}; no gap is open`)];
  return open.map((gap) => (BAD.includes(gap.cause) ? bad : doubtful)(what, toDetail(gap), REMEDIES[gap.cause]));
}

function toDetail({ from, to, cause, detail }: Gap): string {
  return `Not heard from ${from} ${to === undefined ? "on" : `to ${to}`} (${cause}): ${detail}`;
}
