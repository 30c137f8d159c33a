import type { Journal } from "../../journal/journal.ts";
import type { Visit } from "../../wire/visit.ts";
import type { Command, ExitCode, Shell } from "../command.ts";
import { CONFIG_FLAGS, CONFIG_HELP, misunderstood, type readFlags } from "../flags.ts";
import { LOGS, type ParkedLog } from "./standing.ts";

export const OPTIONS = {
  ...CONFIG_FLAGS,
  log: { type: "string" },
  all: { type: "boolean", default: false },
  reason: { type: "string" },
  text: { type: "boolean", default: false },
  yes: { type: "boolean", default: false },
  erase: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

export const USAGE: Pick<Command, "name" | "forms" | "explanation"> = {
  name: "parked",
  forms: [
    "list [--log LOG] [--json]",
    "show SEQ [--text] [--json]",
    "retry SEQ | --all [--log LOG] [--reason REASON]",
    "drop SEQ --yes [--erase]",
  ],
  explanation: `An entry is set aside when the CRM refuses it for good or when it meets a bug. It is tried again by itself; this is for
whoever has mended the cause, or wants to give an entry up. All of it may be done while the connector runs.
  list              what is set aside, why, and when it is tried next
  show SEQ          what the entry is; --text: with the words of the post
  retry             tries it within seconds; where no connector runs, at the next start
  drop SEQ --yes    gives it up for good, and notes who did; --erase: its text goes from the journal at once
  --log LOG         only ${LOGS.join(", ")}
  --reason REASON   only what was set aside for this reason
${CONFIG_HELP}`,
};

/** What was asked of the parked entries, with the journal that holds them. */
export interface ParkedTask {
  readonly journal: Journal;
  readonly visit: Visit;
  readonly shell: Shell;
  readonly log: ParkedLog | undefined;
  readonly flags: ReturnType<typeof readFlags<typeof OPTIONS>>["values"];
}

/** `seq` is undefined where none was named. */
export type Act = (task: ParkedTask, seq: number | undefined) => Promise<ExitCode>;

/** For the forms that are about one entry. */
export function needSeq(seq: number | undefined): number {
  if (seq === undefined) throw misunderstood(USAGE, "which one? SEQ is missing");
  return seq;
}
