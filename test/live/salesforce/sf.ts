import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const PACKAGES = join(import.meta.dirname, "../node_modules");
const run = promisify(execFile);

/** Salesforce's command line tool, with a home of its own that goes with it. */
export interface Sf extends AsyncDisposable {
  readonly home: string;
  /** What it prints. Throws where it ends with an error. */
  print(args: readonly string[], variables?: Readonly<Record<string, string>>): Promise<string>;
  /** What it answers as JSON, also where it fails: then `name` and `message` say why. */
  ask(args: readonly string[], variables?: Readonly<Record<string, string>>): Promise<SfAnswer>;
}

export interface SfAnswer {
  readonly status: number;
  readonly result?: unknown;
  readonly name?: string;
  readonly message?: string;
}

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

export async function openSf(): Promise<Sf> {
  const home = await mkdtemp(join(tmpdir(), "earshot-sf-"));
  const env = {
    PATH: [join(PACKAGES, ".bin"), process.env["PATH"]].join(delimiter),
    HOME: home,
    USERPROFILE: home,
    NO_COLOR: "1",
    SF_DISABLE_TELEMETRY: "true",
    SF_AUTOUPDATE_DISABLE: "true",
    SF_SKIP_NEW_VERSION_CHECK: "true",
    SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
  };
  const call = (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
    run(process.execPath, ["--no-warnings", join(PACKAGES, "@salesforce/cli/bin/run.js"), ...args], {
      env: { ...env, ...variables },
      cwd: home,
      timeout: 90_000,
      maxBuffer: 2 ** 26,
    });
  return {
    home,
    print: async (args, variables) => (await call(args, variables)).stdout,
    ask: async (args, variables) => {
      const { stdout, stderr } = await call([...args, "--json"], variables).catch((failure: unknown) => {
        if (Object(failure) === failure && "stdout" in (failure as object)) return failure as Printed;
        throw failure;
      });
      return JSON.parse(stdout === "" ? stderr : stdout) as SfAnswer;
    },
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }),
  };
}
