import { openRecorder } from "../../../connector/recorder.ts";
import { openPipeline } from "../../../connector/pipeline/index.ts";
import { PARTITIONS, toPostPartition } from "../../../connector/model/partition.ts";
import { defaultRules } from "../../../connector/rules/defaults.ts";
import { follow } from "../../fakes/follow.ts";
import { manualClock, type ManualClock } from "../../fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../../fakes/scratch-journal.ts";
import { openCompany, type Company, type Habits } from "./company.ts";
import { openOffice, type Office } from "./office.ts";
import { toPath, type Path } from "./path.ts";
import { openSenderProcess, type SenderProcess } from "./sender-process.ts";

const CUSTOMERS = 10;
/** Of posts that are recorded together. */
const BATCH = 100;
const never = new AbortController().signal;

/** Customers have asked, and their posts stand in the CRM. One clock for all. */
export interface Scene extends AsyncDisposable {
  readonly clock: ManualClock;
  readonly company: Company;
  readonly office: Office;
  readonly path: Path;
  readonly sender: SenderProcess;
  /** The same connector with an empty journal, as after the loss of the old one. */
  openAnew(): Promise<SenderProcess>;
  /** What was published is made to stand in the CRM. */
  record(): Promise<void>;
}

export async function openScene(habits: Habits): Promise<Scene> {
  const clock = manualClock();
  const scratch = await openScratchJournal(clock);
  const company = await openCompany(clock, habits);
  const office = await openOffice(clock);
  const { source } = company;
  await office.introduce(source);
  await hear(company, scratch);
  await company.showLate(habits.readDelayMs);
  const record = () => recordAll(company, office, { scratch, clock });
  await record();
  const urls = { orgUrl: office.url, networkUrl: company.url };
  const path = toPath({ clock, crm: office.crm, source, ...urls });
  const sender = openSenderProcess(path, scratch, clock);
  const opened: AsyncDisposable[] = [sender, scratch];
  return {
    clock,
    company,
    office,
    path,
    sender,
    record,
    async openAnew() {
      const empty = await openScratchJournal(clock);
      const another = openSenderProcess(path, empty, clock);
      opened.push(another, empty);
      return another;
    },
    async [Symbol.asyncDispose]() {
      for (const one of opened) await one[Symbol.asyncDispose]();
      await office[Symbol.asyncDispose]();
      await company[Symbol.asyncDispose]();
    },
  };
}

async function hear(company: Company, { journal }: ScratchJournal): Promise<void> {
  await using following = follow(company.source, "notifications");
  await following.untilConfirmed(2);
  await company.question(CUSTOMERS);
  await following.untilPosts(CUSTOMERS);
  const entries = following.events.map((event) => ({
    key: event.key,
    partition: toPostPartition(event, true, PARTITIONS),
    value: JSON.stringify(event),
  }));
  await journal.append("posts", entries);
}

async function recordAll(
  { source }: Company,
  { crm }: Office,
  { scratch, clock }: { readonly scratch: ScratchJournal; readonly clock: ManualClock },
): Promise<void> {
  const { journal } = scratch;
  const stages = await openPipeline({
    sources: new Map([[source.account.key, source]]),
    crm,
    rules: () => defaultRules,
  });
  const handle = openRecorder({ journal, crm, stages, clock, onDecided: () => undefined });
  const attempt = { isRepeated: () => false, begin: () => Promise.resolve() };
  for await (const page of journal.since("posts", new Date(0).toISOString())) {
    for (let from = 0; from < page.length; from += BATCH) {
      const outcomes = await handle(page.slice(from, from + BATCH), never, attempt);
      if (outcomes.some((outcome) => outcome !== undefined)) throw new Error("A post was not recorded");
    }
  }
}
