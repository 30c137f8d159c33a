import type { Config, Environment } from "../../config.ts";
import type { Finding } from "../../crm/crm.ts";
import { Misconfigured } from "../../errors.ts";
import { readConfigOf } from "../flags.ts";
import { bad, good } from "./check.ts";

const WHAT = "Configuration";

/** The configuration, or each fault of it as a finding. Secrets are not shown, only whether they are there. */
export function examineConfig(
  files: Parameters<typeof readConfigOf>[0],
  environment: Environment,
): { readonly config: Config | undefined; readonly findings: readonly Finding[] } {
  try {
    const config = readConfigOf(files, environment);
    const accounts = config.accounts.length === 1 ? "one account" : `${config.accounts.length} accounts`;
    return { config, findings: [good(WHAT, `${files.config}: ${accounts}, all secrets are set`)] };
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    return { config: undefined, findings: toFaults(error.message).map(toFinding) };
  }
}

/** The faults are a list below a heading, or the one sentence. */
function toFaults(message: string): readonly string[] {
  const [heading = "", ...lines] = message.split("\n");
  const listed = lines.filter((line) => line.startsWith("- ")).map((line) => line.slice(2));
  return listed.length === 0 ? [heading] : listed;
}

/** `accounts[0].url: what belongs there` */
function toFinding(fault: string): Finding {
  const at = fault.indexOf(": ");
  if (at < 0) return bad(WHAT, fault, "docs/operating.md explains every setting");
  return bad(`${WHAT}: ${fault.slice(0, at)}`, "It cannot be used as it is", fault.slice(at + 2));
}
