import { readCoverage } from "../coverage.ts";
import type { Command } from "./command.ts";
import { CONFIG_FLAGS, CONFIG_HELP, readConfigOf, readFlags } from "./flags.ts";
import { toTable } from "./words.ts";

/** Else "No gaps" would sound as if all were well. */
const STANDS_STILL =
  "No connector runs on this journal: since then nothing is heard. Its start notes the gap and fills it.";

/** What was heard of each account, and what was not. */
export const coverage: Command = {
  name: "coverage",
  forms: ["[--json]"],
  summary: "shows what was heard of each account, and the gaps",
  explanation: `A gap is a stretch that was not heard when it was said, with its cause. It closes when what was missed has been brought.
${CONFIG_HELP}
  --json            one object of JSON for each account`,

  async run(args, shell) {
    const options = { ...CONFIG_FLAGS, json: { type: "boolean", default: false } } as const;
    const { values } = readFlags(coverage, args, { options });
    const visit = shell.visit(readConfigOf(values, shell.environment));
    await using journal = await visit.journal();
    const pages = await readCoverage(journal);
    if (values.json) for (const page of pages) shell.out(JSON.stringify(page));
    else if (pages.length === 0) shell.out("Nothing has been heard yet.");
    else toLines(pages).forEach(shell.out);
    if (!values.json && !(await visit.isRunning())) shell.out(STANDS_STILL);
    return 0;
  },
};

type Pages = Awaited<ReturnType<typeof readCoverage>>;

function toLines(pages: Pages): readonly string[] {
  const feeds = pages.flatMap(({ account, feeds }) => feeds.map((feed) => ({ account, ...feed })));
  const heard = feeds.map(({ account, feed, since, heardUntil }) => [account, feed, since, heardUntil ?? "-"]);
  const gaps = feeds.flatMap(({ account, feed, gaps }) =>
    gaps.map(({ from, to, cause, closedAt, brought, detail }) => {
      const state = closedAt === undefined ? "open" : "closed";
      return [account, feed, from, to ?? "-", state, cause, String(brought), detail];
    }),
  );
  const table = toTable(["Account", "Feed", "Since", "Heard until"], heard);
  if (gaps.length === 0) return [...table, "", "No gaps."];
  return [...table, "", ...toTable(["Account", "Feed", "From", "To", "Gap", "Cause", "Brought", "Detail"], gaps)];
}
