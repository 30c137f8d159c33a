import type { Crm } from "../crm/crm.ts";
import type { Draft } from "../model/draft.ts";
import type { RuleSet } from "../rules/rule.ts";
import { openReader, type Read } from "../understanding/reader.ts";
import { toAccount } from "./account.ts";
import { toChooseCase } from "./choose-case.ts";
import { toIdentify } from "./identify.ts";
import { toRecall } from "./recall.ts";
import { toScreen } from "./screen.ts";
import type { Stage } from "./stage.ts";
import { toTask } from "./task.ts";
import { toThread, type ThreadSources } from "./thread.ts";
import { toTriageStage, type HandleOf } from "./triage.ts";
import { toUnderstand } from "./understand.ts";

export interface PipelineOptions {
  readonly sources: ThreadSources;
  readonly crm: Pick<Crm, "recall">;
  /** As they stand now: asked for each batch. */
  readonly rules: () => RuleSet;
  /** Absent: in conditions an account's key stands for it. */
  readonly handleOf?: HandleOf;
  /** Shared with whoever reads the posts before; absent: a reader of its own. */
  readonly read?: Read;
}

/** The way of a post from what a network said to what the CRM shall hold. */
export async function openPipeline(options: PipelineOptions): Promise<readonly Stage[]> {
  const { sources, crm, rules, handleOf, read = await openReader() } = options;
  return [
    toAccount(sources),
    toScreen(),
    toThread(sources),
    toUnderstand(read),
    toRecall(crm),
    toIdentify(),
    toTriageStage(rules, handleOf),
    toChooseCase(),
    toTask(),
  ];
}

/** Leads a batch through the stages: same length, same order. Throws what a stage throws, and when aborted. */
export async function runPipeline(
  stages: readonly Stage[],
  drafts: readonly Draft[],
  signal: AbortSignal,
): Promise<readonly Draft[]> {
  let at = drafts;
  for (const stage of stages) {
    signal.throwIfAborted();
    const next = await stage.apply(at, signal);
    if (next.length !== at.length) throw new Error(`Stage ${stage.name} lost or added a draft`);
    at = next;
  }
  return at;
}
