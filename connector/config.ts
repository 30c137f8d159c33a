import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { Misconfigured } from "./errors.ts";

const Network = z.literal("mastodon", { error: "networks so far: mastodon" });

const Account = z.strictObject({
  network: Network,
  url: z.url({ protocol: /^https?$/, error: "the address of the instance, such as https://social.example" }),
  tokenEnv: z
    .string()
    .regex(
      /^[A-Z][A-Z0-9_]*$/,
      "the name of the environment variable that holds the access token, never the token itself",
    ),
  mode: z.enum(["engage", "listen-only"], { error: "engage or listen-only" }).default("engage"),
  words: z.array(z.string().trim().min(2)).default([]),
});

/** Two listeners with one account would take each other's place in its feeds. */
function isEachOnce(accounts: readonly z.infer<typeof Account>[]): boolean {
  const names = accounts.map(({ network, url, tokenEnv }) => `${network} ${url.replace(/\/$/, "")} ${tokenEnv}`);
  return new Set(names).size === names.length;
}

const File = z.strictObject({
  journal: z.string().min(1).default("earshot.db"),
  retentionDays: z.number().int().min(1).max(3650).default(35),
  log: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  http: z
    .strictObject({
      host: z.string().default("127.0.0.1"),
      port: z.number().int().min(0).max(65_535).default(4320),
    })
    .prefault({}),
  salesforce: z.strictObject({
    loginUrl: z.url({ protocol: /^https?$/, error: "the org's My Domain, such as https://example.my.salesforce.com" }),
    orgId: z
      .string()
      .regex(/^00D\w{12}(\w{3})?$/, "the 15 or 18 characters of the Organization ID, which begins with 00D")
      .optional(),
    namespace: z
      .string()
      .regex(/^([A-Za-z]\w{0,14})?$/, "the package's namespace prefix, without underscores at its end; empty for none")
      .default(""),
    sweepSeconds: z.number().min(1).max(3600).default(60),
    fallbackQueue: z.string().min(1).default("Social_Service"),
    handles: z
      .array(
        z.strictObject({
          network: Network,
          object: z.enum(["Contact", "Lead"], { error: "Contact or Lead: only there are handles looked for" }),
          field: z.string().regex(/^[A-Za-z]\w*$/, "the API name of a field, as Setup shows it"),
        }),
      )
      .default([]),
  }),
  accounts: z
    .array(Account)
    .min(1, "name at least one account to listen with")
    .refine(isEachOnce, "two of them are the same account: remove one, its words may stand together"),
});

export type AccountConfig = Readonly<z.infer<typeof Account>> & { readonly token: string };

export type Config = Omit<Readonly<z.infer<typeof File>>, "accounts"> & {
  readonly accounts: readonly AccountConfig[];
  readonly clientId: string;
  readonly clientSecret: string;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `config/earshot.yaml` (or `file`) and the secrets from the environment; the only place that does. Paths in the file
 * are relative to it. Throws `Misconfigured` with every fault found, each with its place and its remedy.
 */
export function readConfig(file: string, environment: Environment): Config {
  const parsed = File.safeParse(readYaml(file), { error: toRemedy });
  if (!parsed.success) throw new Misconfigured(explain(file, parsed.error));
  const faults: string[] = [];
  const secret = (name: string): string => {
    const value = environment[name]?.trim() ?? "";
    if (value === "")
      faults.push(`- the environment variable ${name} is not set: put the secret there, not into the file`);
    return value;
  };
  const config: Config = {
    ...parsed.data,
    journal: resolve(dirname(file), parsed.data.journal),
    accounts: parsed.data.accounts.map((account) => ({ ...account, token: secret(account.tokenEnv) })),
    clientId: secret("EARSHOT_SALESFORCE_CLIENT_ID"),
    clientSecret: secret("EARSHOT_SALESFORCE_CLIENT_SECRET"),
  };
  if (faults.length > 0) throw new Misconfigured(`Secrets are missing:\n${faults.join("\n")}`);
  return deepFreeze(config);
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8")) ?? {};
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw new Misconfigured(`${file} is not valid YAML: ${error.message}`, { cause: error });
    throw new Misconfigured(`${file} cannot be read: copy config/earshot.example.yaml there and fill it in`, {
      cause: error,
    });
  }
}

function explain(file: string, error: z.ZodError): string {
  const faults = error.issues.map(
    ({ path, message }) => `- ${path.length === 0 ? "the file" : toPlace(path)}: ${message}`,
  );
  return `${file} has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:\n${faults.join("\n")}`;
}

/** For what a setting says nothing about itself: what is missing, unknown, or of another kind. */
const toRemedy: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "unrecognized_keys")
    return `${issue.keys.map((key) => `"${key}"`).join(", ")} is no setting: remove it or mend its spelling`;
  if (issue.code !== "invalid_type") return undefined;
  return issue.input === undefined
    ? "is missing: config/earshot.example.yaml shows how it is written"
    : `must be written as ${KINDS[issue.expected] ?? issue.expected}`;
};

const KINDS: Readonly<Record<string, string>> = {
  object: "settings of its own, indented below it",
  array: "a list",
  string: "text",
  int: "a whole number",
};

/** `accounts[0].url` */
function toPlace(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
