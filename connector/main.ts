#!/usr/bin/env node
import { parseArgs } from "node:util";
import { systemClock } from "./clock.ts";
import { readConfig } from "./config.ts";
import { Misconfigured } from "./errors.ts";
import { openTelemetry } from "./telemetry.ts";
import { runConnector } from "./wire.ts";

const USAGE = `Usage: earshot start [--config FILE]

Runs the connector until it is told to stop (SIGTERM, SIGINT, or the end of the process that started it).
  --config FILE   the configuration; default config/earshot.yaml`;

/** Exit codes: 0 stopped as asked, 1 a bug, 2 something that the operator has to mend. */
async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (positionals[0] !== "start" || positionals.length > 1) throw new Misconfigured(`what is to be done?\n\n${USAGE}`);
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  process.once("disconnect", () => stop.abort());

  const config = readConfig(values.config, process.env);
  const telemetry = openTelemetry({ level: config.log });
  await runConnector(
    { config, telemetry, clock: systemClock, onReady: (url) => process.send?.({ ready: url }) },
    stop.signal,
  );
  return 0;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        config: { type: "string", default: "config/earshot.yaml" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new Misconfigured(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof Misconfigured) console.error(`earshot: ${error.message}`);
    else console.error("earshot: stopped by an unforeseen error:", error);
    process.exit(error instanceof Misconfigured ? 2 : 1);
  },
);
