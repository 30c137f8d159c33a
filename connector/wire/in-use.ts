import { z } from "zod";
import { Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
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

/** The good rules and listeners: each swapped whole, and remembered for a start at which the CRM is away. */
export interface InUse {
  readonly rules: () => RuleSet;
  readonly listeners: () => readonly Listener[];
  /** Durable, and then in use. No rows: the default rules. Answers whether they are others than before. */
  useRules(set: RuleSet, rows: readonly RuleRow[]): Promise<boolean>;
  /** Durable, and then in use. Answers whether they are others than before. */
  useListeners(listeners: readonly Listener[]): Promise<boolean>;
  /** `tell` is called after each change of the listeners, until what this answers is called. */
  onListeners(tell: () => void): () => void;
}

/** Begins with what the journal remembers; where it remembers nothing, or nothing that holds today, with the defaults. */
export async function openInUse(journal: Pick<Journal, "get" | "put">): Promise<InUse> {
  let rulesInUse = toSet(rows.safeParse(await read(journal, RULES)).data ?? []);
  let listenersInUse: readonly Listener[] = listeners.safeParse(await read(journal, LISTENERS)).data ?? [];
  const told = new Set<() => void>();

  return {
    rules: () => rulesInUse,
    listeners: () => listenersInUse,
    async useRules(set, rows) {
      await keep(journal, RULES, rows);
      const isOther = set.version !== rulesInUse.version;
      rulesInUse = set;
      return isOther;
    },
    async useListeners(listeners) {
      await keep(journal, LISTENERS, listeners);
      const isOther = JSON.stringify(listeners) !== JSON.stringify(listenersInUse);
      listenersInUse = listeners;
      if (isOther) for (const tell of told) tell();
      return isOther;
    },
    onListeners(tell) {
      told.add(tell);
      return () => told.delete(tell);
    },
  };
}

function toSet(rows: readonly RuleRow[]): RuleSet {
  const read = toRuleSet(rows);
  return "set" in read ? read.set : defaultRules;
}

async function read(journal: Pick<Journal, "get">, key: string): Promise<unknown> {
  const doc = await journal.get(key);
  return doc === undefined ? [] : JSON.parse(doc.value);
}

/** As it stands already, it is not written again. */
async function keep(journal: Pick<Journal, "get" | "put">, key: string, kept: readonly unknown[]): Promise<void> {
  const doc = await journal.get(key);
  const value = JSON.stringify(kept);
  if (doc?.value === value) return;
  if ((await journal.put(key, value, doc?.revision ?? 0)) === undefined)
    throw new Unavailable("Another process has just written the settings in use");
}
