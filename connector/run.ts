import { userInfo } from "node:os";
import { systemClock } from "./clock.ts";
import type { Shell } from "./commands/command.ts";
import { runCommand } from "./commands/index.ts";
import { Misconfigured, Unavailable } from "./errors.ts";
import { toVisit } from "./wire/visit.ts";

function openShell(): Shell {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  process.once("disconnect", () => stop.abort());
  // Who reads what we print may have enough of it (`| head`).
  process.stdout.once("error", () => process.exit());
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    draw: (line) => void process.stderr.write(`\r\u001b[K${line}`),
    isTerminal: process.stderr.isTTY,
    user: readUser(),
    environment: process.env,
    clock: systemClock,
    signal: stop.signal,
    visit: (config) => toVisit(config, systemClock),
  };
}

/** In a container the user may have no name. */
function readUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}

/** Runs the command that this process was started for, and ends it. Exit codes: see `ExitCode`; what was not foreseen is 1 too. */
export async function run(): Promise<never> {
  try {
    return process.exit(await runCommand(process.argv.slice(2), openShell()));
  } catch (error) {
    if (error instanceof Misconfigured) console.error(`earshot: ${error.message}`);
    else if (error instanceof Unavailable)
      console.error(`earshot: ${error.message} Call it again when that is mended.`);
    else console.error("earshot: stopped by an unforeseen error:", error);
    return process.exit(error instanceof Misconfigured ? 2 : 1);
  }
}
