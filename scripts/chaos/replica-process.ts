/** `earshot start` with a clock that goes wrong by so many milliseconds: `node replica-process.ts <skew> <earshot.yaml>`. */
import { systemClock } from "../../connector/clock.ts";
import { runCommand } from "../../connector/commands/index.ts";
import { toVisit } from "../../connector/wire/visit.ts";

const [, , skew, config = ""] = process.argv;
const skewMs = Number(skew);
const clock = {
  ...systemClock,
  now: () => new Date(Date.now() + skewMs).toISOString(),
  monotonicMs: () => performance.now() + 1e6 + skewMs,
};
const stop = new AbortController();
for (const event of ["SIGTERM", "SIGINT", "disconnect"]) process.once(event, () => stop.abort());
process.exit(
  await runCommand(["start", "--config", config], {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    draw: () => undefined,
    isTerminal: false,
    user: "operator",
    environment: process.env,
    clock,
    signal: stop.signal,
    visit: (read) => toVisit(read, clock),
  }),
);
