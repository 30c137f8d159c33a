import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { readConfig, readEnvironment, type Config, type Environment } from "../config.ts";
import { Misconfigured } from "../errors.ts";
import type { Command } from "./command.ts";

/** Where the configuration is looked for; every command that needs it takes these flags. */
export const CONFIG_FLAGS = {
  config: { type: "string", default: "config/earshot.yaml" },
  secrets: { type: "string" },
} as const;

/** What `--help` says of them. */
export const CONFIG_HELP = `  --config FILE     the configuration; default config/earshot.yaml
  --secrets FILE    lines NAME=value, for secrets that do not stand in the environment`;

/** Throws `Misconfigured` as `readConfig` does. */
export function readConfigOf(
  { config, secrets }: { readonly config: string; readonly secrets?: string | undefined },
  environment: Environment,
): Config {
  return readConfig(config, readEnvironment(secrets, environment));
}

type Flags<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: Options }>
>;

/** The forms and the explanation of a command, as `--help` shows them. */
export function toUsage({ name, forms, explanation }: Pick<Command, "name" | "forms" | "explanation">): string {
  const lines = forms.map((form, index) => `${index === 0 ? "Usage: " : "       "}earshot ${name} ${form}`.trimEnd());
  return `${lines.join("\n")}\n\n${explanation}`;
}

/** The flags and the rest of a command's arguments. Throws `Misconfigured` with the usage where they are not understood. */
export function readFlags<const Options extends ParseArgsOptionsConfig>(
  command: Pick<Command, "name" | "forms" | "explanation">,
  args: readonly string[],
  expected: { readonly options: Options; readonly words?: number },
): Flags<Options> {
  const { options, words = 0 } = expected;
  try {
    const flags = parseArgs({ args: [...args], allowPositionals: true as const, options });
    if (flags.positionals.length <= words) return flags;
  } catch (error) {
    throw misunderstood(command, error instanceof Error ? error.message : String(error));
  }
  throw misunderstood(command, "there are more words than this command takes");
}

/** What to throw where arguments cannot be followed. */
export function misunderstood(command: Pick<Command, "name" | "forms" | "explanation">, why: string): Misconfigured {
  return new Misconfigured(`${why}\n\n${toUsage(command)}`);
}
