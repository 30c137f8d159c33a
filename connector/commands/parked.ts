import type { Command } from "./command.ts";
import { misunderstood, readConfigOf, readFlags } from "./flags.ts";
import { drop } from "./parked/drop.ts";
import { list } from "./parked/list.ts";
import { retry } from "./parked/retry.ts";
import { show } from "./parked/show.ts";
import { LOGS } from "./parked/standing.ts";
import { OPTIONS, USAGE, type Act } from "./parked/task.ts";

const ACTS: Readonly<Record<string, Act>> = { list, show, retry, drop };

/** Entries that could not be handed on: seen, tried again, given up. */
export const parked: Command = {
  ...USAGE,
  summary: "lists entries that were set aside, tries them again, or drops them",

  async run(args, shell) {
    const { values, positionals } = readFlags(USAGE, args, { options: OPTIONS, words: 2 });
    const [form = "", number] = positionals;
    const act = Object.hasOwn(ACTS, form) ? ACTS[form] : undefined;
    if (act === undefined) throw misunderstood(USAGE, "what is to be done with them?");
    const seq = number === undefined ? undefined : Number(number);
    if (seq !== undefined && !(Number.isSafeInteger(seq) && seq > 0))
      throw misunderstood(USAGE, `SEQ is a number, as "earshot parked list" shows it, not ${number ?? ""}`);
    const log = LOGS.find((name) => name === values.log);
    if (values.log !== undefined && log === undefined) throw misunderstood(USAGE, `LOG is one of ${LOGS.join(", ")}`);
    const visit = shell.visit(readConfigOf(values, shell.environment));
    await using journal = await visit.journal();
    return await act({ journal, visit, shell, log, flags: values }, seq);
  },
};
