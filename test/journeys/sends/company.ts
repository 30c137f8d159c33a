import { pino } from "pino";
import { openMastodon } from "../../../connector/sources/mastodon/index.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { openNetwork } from "../../../sandbox/network/index.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";
import { openNetworkUser, type Shown } from "../network-user.ts";
import { askJson } from "./ask-json.ts";

/** What a network does with a repeated key, and how late it shows in a list what it took. */
export interface Habits {
  readonly idempotency: boolean;
  readonly readDelayMs: number;
}

/** The company's account on a network of its own, with customers who ask. */
export interface Company extends AsyncDisposable {
  readonly url: string;
  readonly source: Source;
  /** So many customers ask in public. */
  question(customers: number): Promise<void>;
  /** What our account says, oldest last: ids by words, without the name they begin with. */
  said(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** From now on lists show what was said only after so long. */
  showLate(readDelayMs: number): Promise<void>;
  token(action: "revoke" | "restore"): Promise<void>;
}

export async function openCompany(clock: ManualClock, habits: Habits): Promise<Company> {
  const network = await openNetwork({ dir: ":memory:", port: 0, now: () => Date.parse(clock.now()) });
  const { url } = network;
  await askJson(`${url}/sandbox/habits`, { idempotency: habits.idempotency });
  const us = await askJson<{ token: string; id: string }>(`${url}/sandbox/accounts`, { handle: "nordwind" });
  const source = await openMastodon({
    url,
    token: us.token,
    words: [],
    mode: "engage",
    idempotencyKeys: habits.idempotency,
    clock,
    log: pino({ level: "silent" }),
  });

  async function page(before: string | undefined): Promise<readonly Shown[]> {
    const older = before === undefined ? "" : `&max_id=${before}`;
    const headers = { authorization: `Bearer ${us.token}` };
    const answer = await fetch(`${url}/api/v1/accounts/${us.id}/statuses?limit=40${older}`, { headers });
    return (await answer.json()) as readonly Shown[];
  }

  return {
    url,
    source,
    async question(customers) {
      for (let number = 1; number <= customers; number++) {
        const customer = await openNetworkUser(url, `customer${number}`);
        await customer.post("@nordwind my suitcase never arrived and nobody answers");
      }
    },
    async said() {
      const found = new Map<string, readonly string[]>();
      for (let shown = await page(undefined); shown.length > 0; shown = await page(shown.at(-1)?.id)) {
        for (const { id, content } of shown) {
          const words = content.replace(/<[^>]*>/g, "").replace(/^@\S+ /, "");
          found.set(words, [...(found.get(words) ?? []), id]);
        }
      }
      return found;
    },
    showLate: (readDelayMs) => askJson(`${url}/sandbox/habits`, { readDelayMs }),
    token: (action) => askJson(`${url}/sandbox/tokens`, { account: "nordwind", action }),
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]();
      await network.close();
    },
  };
}
