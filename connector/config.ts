import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseEnv } from "node:util";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { Accounts, toAccountConfig } from "./config/accounts.ts";
import type { AccountConfig } from "./config/accounts.ts";
import { toJournalFault, toJournalPlace } from "./config/journal-place.ts";
import { PRIVATE_KEY_REMEDY, readPrivateKey } from "./config/read-private-key.ts";
import { Misconfigured } from "./errors.ts";

export { toAccountName } from "./config/accounts.ts";
export type { AccountConfig, BlueskyConfig, MastodonConfig, WebhookConfig } from "./config/accounts.ts";

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\]):/;

/** Where the org tells of what people did as they do it. */
const Events = z
  .strictObject({
    /** Left out: Salesforce's own for an org at an https address, off for any other. */
    endpoint: z
      .string()
      .regex(
        /^(off|([A-Za-z0-9.-]+|\[::1\]):\d{1,5})$/,
        "host and port, such as api.pubsub.salesforce.com:7443, or off",
      )
      .optional(),
    insecure: z.boolean().default(false),
  })
  .refine(({ endpoint = "", insecure }) => !insecure || LOCAL.test(endpoint), {
    path: ["insecure"],
    error: "only for an endpoint on this machine, such as localhost:7443: remove it",
  });

const File = z.strictObject({
  /** A file, or a PostgreSQL server's address. */
  journal: z
    .string()
    .min(1)
    .superRefine((journal, context) => {
      const message = toJournalFault(journal);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .default("earshot.db"),
  retentionDays: z.number().int().min(1).max(3650).default(35),
  /** How long your backups of the journal are kept: until then they may hold what was deleted since. */
  backupDays: z.number().int().min(0).max(3650).default(35),
  /** Below this the connector stops listening, so that what it needs to go on has room. */
  journalFreeMegabytes: z.number().int().min(16).max(1_000_000).default(256),
  log: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  http: z
    .strictObject({
      host: z.string().default("127.0.0.1"),
      port: z.number().int().min(0).max(65_535).default(4320),
    })
    .prefault({}),
  /** Where deliveries are taken: a listener of its own, which opens only for accounts of the network webhook. */
  webhooks: z
    .strictObject({
      host: z.string().default("127.0.0.1"),
      port: z.number().int().min(0).max(65_535).default(4321),
    })
    .prefault({}),
  salesforce: z
    .strictObject({
      loginUrl: z.url({
        protocol: /^https?$/,
        error: "the org's My Domain, such as https://example.my.salesforce.com",
      }),
      login: z
        .enum(["client-credentials", "jwt"], { error: "client-credentials or jwt" })
        .default("client-credentials"),
      /** As whom to log in by jwt. */
      username: z.string().trim().min(1, "the integration user's username").optional(),
      /** Whom the login by jwt is signed for; left out: as the login address tells. */
      audience: z.url({ protocol: /^https?$/, error: "an address, such as https://login.salesforce.com" }).optional(),
      orgId: z
        .string()
        .regex(/^00D\w{12}(\w{3})?$/, "the 15 or 18 characters of the Organization ID, which begins with 00D")
        .optional(),
      namespace: z
        .string()
        .regex(
          /^([A-Za-z]\w{0,14})?$/,
          "the package's namespace prefix, without underscores at its end; empty for none",
        )
        .default(""),
      events: Events.prefault({}),
      sweepSeconds: z.number().min(1).max(3600).default(60),
      callShare: z
        .number()
        .min(0.01, { error: "0.01 or more: a share of the org's calls, such as 0.5 for half of them" })
        .max(1, { error: "at most 1, which is all of the org's calls" })
        .default(0.5),
      /** How long one call may take; left out: a minute. What is given up may come to stand later, and does no harm then. */
      callSeconds: z.number().min(5).max(600).optional(),
      fallbackQueue: z.string().min(1).default("Social_Service"),
      coordinator: z.string().trim().min(1, "a username, or the API name of a queue").optional(),
      handles: z
        .array(
          z.strictObject({
            network: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "the network's short name, such as mastodon"),
            object: z.enum(["Contact", "Lead"], { error: "Contact or Lead: only there are handles looked for" }),
            field: z.string().regex(/^[A-Za-z]\w*$/, "the API name of a field, as Setup shows it"),
          }),
        )
        .default([]),
    })
    .refine(({ login, username }) => login !== "jwt" || username !== undefined, {
      path: ["username"],
      error: "is missing: a login by jwt needs the integration user's username",
    }),
  accounts: Accounts,
});

export type Config = Omit<Readonly<z.infer<typeof File>>, "accounts"> & {
  readonly accounts: readonly AccountConfig[];
  /** Of a journal on a server, where it asks for one. */
  readonly journalPassword?: string;
  readonly clientId: string;
  /** For a login by client credentials. */
  readonly clientSecret?: string;
  /** For a login by jwt: RSA, in PEM. */
  readonly privateKey?: string;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment, and before it what `file` says (lines `NAME=value`, as systemd's EnvironmentFile has them). Throws
 * `Misconfigured` where the file cannot be read.
 */
export function readEnvironment(file: string | undefined, environment: Environment): Environment {
  if (file === undefined) return environment;
  try {
    return { ...environment, ...parseEnv(readFileSync(file, "utf8")) };
  } catch (error) {
    throw new Misconfigured(`${file} cannot be read: name a file with lines NAME=value`, { cause: error });
  }
}

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
  const privateKey = (name: string): string => {
    const value = secret(name);
    const key = value === "" ? undefined : readPrivateKey(value, dirname(file));
    if (value !== "" && key === undefined) faults.push(`- the environment variable ${name} ${PRIVATE_KEY_REMEDY}`);
    return key ?? "";
  };
  const journalPassword = environment["EARSHOT_JOURNAL_PASSWORD"] ?? "";
  const config: Config = {
    ...parsed.data,
    journal: toJournalPlace(parsed.data.journal, dirname(file)),
    ...(journalPassword === "" ? {} : { journalPassword }),
    accounts: parsed.data.accounts.map((account) => toAccountConfig(account, secret)),
    clientId: secret("EARSHOT_SALESFORCE_CLIENT_ID"),
    ...(parsed.data.salesforce.login === "jwt"
      ? { privateKey: privateKey("EARSHOT_SALESFORCE_PRIVATE_KEY") }
      : { clientSecret: secret("EARSHOT_SALESFORCE_CLIENT_SECRET") }),
  };
  if (faults.length > 0) throw new Misconfigured(`Secrets are missing or broken:\n${faults.join("\n")}`);
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
  if (issue.code === "too_small" && issue.origin !== "string") return `must be ${String(issue.minimum)} or more`;
  if (issue.code === "too_big" && issue.origin !== "string") return `must be ${String(issue.maximum)} or less`;
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
