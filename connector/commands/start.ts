import { flushCompileCache } from "node:module";
import { openTelemetry } from "../telemetry.ts";
import { runConnector } from "../wire.ts";
import type { Command } from "./command.ts";
import { CONFIG_FLAGS, CONFIG_HELP, readConfigOf, readFlags } from "./flags.ts";

export const start: Command = {
  name: "start",
  forms: ["[--config FILE]"],
  summary: "runs the connector",
  explanation: `Runs the connector until it is told to stop (SIGTERM, SIGINT, or the end of the process that started it).
${CONFIG_HELP}`,

  async run(args, { environment, clock, signal }) {
    const { values } = readFlags(start, args, { options: CONFIG_FLAGS });
    const config = readConfigOf(values, environment);
    const telemetry = openTelemetry({ level: config.log });
    const onReady = (url: string): void => {
      process.send?.({ ready: url });
      // Now, not at the end: that may be a kill.
      flushCompileCache();
    };
    await runConnector({ config, telemetry, clock, onReady }, signal);
    return 0;
  },
};
