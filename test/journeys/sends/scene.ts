import { pino } from "pino";
import type { Crm } from "../../../connector/crm/crm.ts";
import { openSalesforce } from "../../../connector/crm/salesforce/index.ts";
import { consume } from "../../../connector/flow/consume.ts";
import type { Journal } from "../../../connector/journal/journal.ts";
import type { Key } from "../../../connector/model/glossary.ts";
import { ALL_PARTITIONS } from "../../../connector/model/partition.ts";
import type { Reply } from "../../../connector/model/reply.ts";
import { openPipeline } from "../../../connector/pipeline/index.ts";
import { openRecorder } from "../../../connector/recorder.ts";
import { defaultRules } from "../../../connector/rules/defaults.ts";
import { openMastodon } from "../../../connector/sources/mastodon/index.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { toPostEntry } from "../../../connector/wire/post-entry.ts";
import { openNetwork } from "../../../sandbox/network/index.ts";
import { openTestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { salesforceOptions } from "../../contracts/crm/salesforce-place.ts";
import { follow } from "../../fakes/follow.ts";
import { manualClock, type ManualClock } from "../../fakes/manual-clock.ts";
import { until } from "../../fakes/until.ts";
import { openCrmUser, type CrmRow } from "../crm-user.ts";
import { openNetworkUser, type Shown } from "../network-user.ts";
import { askJson } from "./ask-json.ts";

const CUSTOMERS = 12;
const MOST_ROWS = 200;
const never = new AbortController().signal;

/** A network on which customers asked, an org in which their posts stand, and a connector's two clients. One clock for all. */
export interface Scene extends AsyncDisposable {
  readonly clock: ManualClock;
  readonly crm: Crm;
  readonly source: Source;
  readonly networkUrl: string;
  readonly orgUrl: string;
  /** A rep writes so many answers, no two alike; as the connector hears of them. */
  answer(count: number): Promise<readonly Reply[]>;
  /** All that was heard, or published, is made to stand in the CRM. */
  record(journal: Journal): Promise<void>;
  reply(row: string): Promise<CrmRow>;
  /** How each reply ended, by its row. */
  ends(): Promise<ReadonlyMap<string, End>>;
}

/** How a reply ended. */
export interface End {
  readonly status: string;
  /** As its row names our post. */
  readonly sentPost: Key | undefined;
  /** Our posts on the network that say it. */
  readonly posts: readonly Key[];
  /** Rows of the CRM that are our post. */
  readonly outbound: readonly Key[];
}

export async function openScene(habits: { readonly idempotency: boolean; readonly readDelayMs: number }, journal: (clock: ManualClock) => Promise<Journal>): Promise<Scene> {
  const clock = manualClock();
  const now = (): number => Date.parse(clock.now());
  const network = await openNetwork({ dir: ":memory:", port: 0, now });
  const org = await openTestOrg({ now });
  const { token, id: ourId } = await askJson<{ token: string; id: string }>(`${network.url}/sandbox/accounts`, { handle: "nordwind" });
  const source = await openMastodon({
    url: network.url,
    token,
    words: [],
    mode: "engage",
    idempotencyKeys: habits.idempotency,
    clock,
    log: pino({ level: "silent" }),
  });
  const crm = await openSalesforce({ ...salesforceOptions(org.url), clock }, never);
  const rita = openCrmUser(org.url, org.org.tokenFor("rita@nordwind.example"));
  const ada = openCrmUser(org.url, org.org.tokenFor("ada@nordwind.example"));

  async function record(journal: Journal): Promise<void> {
    const stages = await openPipeline({ sources: new Map([[source.account.key, source]]), crm, rules: defaultRules });
    const handle = openRecorder({ journal, crm, stages, clock, onDecided: () => undefined });
    const partitions = Array.from({ length: ALL_PARTITIONS }, (_, index) => index);
    const stop = new AbortController();
    let waiting = 0;
    for (const partition of partitions) {
      for await (const page of journal.tail("posts", partition, 0, 1000, AbortSignal.timeout(1))) waiting += page.length;
    }
    const running = consume({ journal, clock, log: "posts", partitions, inFlight: 1, handle, onBatch: (batch) => { waiting -= batch.length; } }, stop.signal);
    await Promise.race([running, until(() => waiting <= 0)]);
    stop.abort();
    await running;
  }
  return { clock, crm, source, networkUrl: network.url, orgUrl: org.url, record } as never;
}
