import type { Clock } from "../clock.ts";
import type { Config, Environment } from "../config.ts";
import type { Visit } from "../wire/visit.ts";

/** 0: done · 1: something was refused, found bad, or failed · 2: somebody has to mend how we are called or configured. */
export type ExitCode = 0 | 1 | 2;

/** Where a command was called: a terminal, or a test. */
export interface Shell {
  /** One line to standard output, without its end. */
  readonly out: (line: string) => void;
  /** One line to standard error, without its end. */
  readonly err: (line: string) => void;
  /** Draws one line on standard error, over the one drawn before; an empty one clears it. Only where `isTerminal`. */
  draw(line: string): void;
  /** Whether a person looks at standard error: then progress may be drawn. */
  readonly isTerminal: boolean;
  /** Who called us, as the operating system names them. */
  readonly user: string;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Aborted when the command is to end. */
  readonly signal: AbortSignal;
  /** Opens what the command needs, beside a connector that may be running. */
  readonly visit: (config: Config) => Visit;
}

export interface Command {
  readonly name: string;
  /** What follows the name, such as `FILE [--account NAME]`. One line for each form. */
  readonly forms: readonly string[];
  /** One sentence for the list of commands. */
  readonly summary: string;
  /** What `earshot <name> --help` says below the forms. */
  readonly explanation: string;
  /** `args`: what stands behind the command's name. Throws `Misconfigured` where they are not understood. */
  run(args: readonly string[], shell: Shell): Promise<ExitCode>;
}
