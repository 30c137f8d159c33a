import { z } from "zod";
import { Unavailable } from "../errors.ts";
import type { Doc, Journal } from "../journal/journal.ts";
import type { RuleRow } from "../model/settings.ts";
import { defaultRules } from "../rules/defaults.ts";
import type { Listener } from "../rules/listener.ts";
import type { RuleSet } from "../rules/rule.ts";
import { toRuleSet } from "../rules/to-rule-set.ts";

const RULES = "settings/rules";
const LISTENERS = "settings/listeners";

const rows = z.array(
  z
    .object({
      id: z.string(),
      name: z.string(),
      active: z.boolean(),
      order: z.number().optional(),
      condition: z.string(),
      needsResponse: z.boolean().optional(),
      priority: z.enum(["High", "Medium", "Low"]).optional(),
      queue: z.string().optional(),
      responseMinutes: z.number().optional(),
      reason: z.string(),
    })
    .transform(({ order, needsResponse, priority, queue, responseMinutes, ...row }): RuleRow => {
      return { ...row, order, needsResponse, priority, queue, responseMinutes };
    }),
);

const listeners = z.array(
  z
    .object({
      id: z.string(),
      account: z.string().optional(),
      words: z.array(z.string()),
      excluded: z.array(z.string()),
      languages: z.array(z.string()),
    })
    .transform(({ account, ...listener }): Listener => ({ ...listener, account })),
);

/** In which revisions the documents stood. */
export interface Seen {
  readonly rules: number;
  readonly listeners: number;
}

/** The good rules and listeners: each swapped whole, and remembered for a start at which the CRM is away. */
export interface InUse {
  readonly rules: () => RuleSet;
  readonly listeners: () => readonly Listener[];
  /** Takes into use what stands in the journal: another connector may have written it. */
  refresh(): Promise<Seen>;
  /** Does the journal hold rules that some connector has read in the CRM? They are in use then. */
  areKept(): Promise<boolean>;
  /**
   * Durable, and then in use. No rows: the default rules. Answers whether they are others than before. `Unavailable` where
   * another connector has written since `seen` (by default: since we last looked): it may have read the CRM after us.
   */
  useRules(set: RuleSet, rows: readonly RuleRow[], seen?: Seen): Promise<boolean>;
  /** The same for listeners. */
  useListeners(listeners: readonly Listener[], seen?: Seen): Promise<boolean>;
  /** `tell` is called after each change of the listeners, until what this answers is called. */
  onListeners(tell: () => void): () => void;
}

/** Begins with what the journal remembers; where it remembers nothing, or nothing that holds today, with the defaults. */
export async function openInUse(journal: Pick<Journal, "get" | "put">): Promise<InUse> {
  let rulesInUse = defaultRules;
  let listenersInUse: readonly Listener[] = [];
  let known: Seen = { rules: 0, listeners: 0 };
  const told = new Set<() => void>();

  function swap(next: readonly Listener[]): boolean {
    const isOther = JSON.stringify(next) !== JSON.stringify(listenersInUse);
    listenersInUse = next;
    if (isOther) for (const tell of told) tell();
    return isOther;
  }

  async function refresh(): Promise<Seen> {
    const [ruled, listened] = [await journal.get(RULES), await journal.get(LISTENERS)];
    const seen = { rules: ruled?.revision ?? 0, listeners: listened?.revision ?? 0 };
    const nextRules = seen.rules > known.rules ? rows.safeParse(toJson(ruled)).data : undefined;
    const nextListeners = seen.listeners > known.listeners ? listeners.safeParse(toJson(listened)).data : undefined;
    known = { rules: Math.max(seen.rules, known.rules), listeners: Math.max(seen.listeners, known.listeners) };
    if (nextRules !== undefined) rulesInUse = toSet(nextRules, rulesInUse);
    if (nextListeners !== undefined) swap(nextListeners);
    return seen;
  }

  await refresh();
  return {
    rules: () => rulesInUse,
    listeners: () => listenersInUse,
    refresh,
    areKept: async () => (await refresh()).rules > 0,
    async useRules(set, rows, seen = known) {
      known = { ...known, rules: await keep(journal, { key: RULES, kept: rows, revision: seen.rules }) };
      const isOther = set.version !== rulesInUse.version;
      rulesInUse = set;
      return isOther;
    },
    async useListeners(listeners, seen = known) {
      const kept = { key: LISTENERS, kept: listeners, revision: seen.listeners };
      known = { ...known, listeners: await keep(journal, kept) };
      return swap(listeners);
    },
    onListeners(tell) {
      told.add(tell);
      return () => told.delete(tell);
    },
  };
}

/** What holds no more, though it did for whoever wrote it, changes nothing. */
function toSet(rows: readonly RuleRow[], before: RuleSet): RuleSet {
  if (rows.length === 0) return defaultRules;
  const read = toRuleSet(rows);
  return "set" in read ? read.set : before;
}

function toJson(doc: Doc | undefined): unknown {
  return doc === undefined ? [] : JSON.parse(doc.value);
}

interface Keeping {
  readonly key: string;
  readonly kept: readonly unknown[];
  readonly revision: number;
}

/** In which revision it stands now. As it stands already, it is not written again. */
async function keep(journal: Pick<Journal, "get" | "put">, { key, kept, revision }: Keeping): Promise<number> {
  const doc = await journal.get(key);
  const value = JSON.stringify(kept);
  if (doc?.value === value) return doc.revision;
  const written = (doc?.revision ?? 0) === revision ? await journal.put(key, value, revision) : undefined;
  if (written === undefined) throw new Unavailable("Another connector has just written the settings in use");
  return written;
}
