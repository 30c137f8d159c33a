import { z } from "zod";

function variable(secret: string) {
  const remedy = `the name of the environment variable that holds ${secret}, never ${secret} itself`;
  return z.string().regex(/^[A-Z][A-Z0-9_]*$/, remedy);
}

const mode = z.enum(["engage", "listen-only"], { error: "engage or listen-only" }).default("engage");
const words = z.array(z.string().trim().min(2)).default([]);

const MastodonAccount = z.strictObject({
  network: z.literal("mastodon"),
  url: z.url({ protocol: /^https?$/, error: "the address of the instance, such as https://social.example" }),
  tokenEnv: variable("the access token"),
  /** All three or none: with them the token is refreshed before it runs out. */
  refresh: z
    .strictObject({
      tokenEnv: variable("the refresh token"),
      clientIdEnv: variable("the application's client key"),
      clientSecretEnv: variable("the application's client secret"),
    })
    .optional(),
  /** false for a server that takes no notice of the Idempotency-Key header: it is then asked before anything is sent again. */
  idempotencyKeys: z.boolean().optional(),
  mode,
  words,
});

const BlueskyAccount = z.strictObject({
  network: z.literal("bluesky"),
  handle: z
    .string()
    .regex(
      /^(did:[a-z]+:[\w.:%-]+|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)$/,
      "the handle without @, such as nordwind.example",
    ),
  passwordEnv: variable("an app password"),
  /** Where the account logs in. */
  service: z
    .url({ protocol: /^https?$/, error: "an address, such as https://bsky.social" })
    .default("https://bsky.social"),
  /** The public stream of posts: a Jetstream of version 2. */
  jetstream: z
    .url({ protocol: /^wss?$/, error: "an address, such as wss://jetstream.us-east.bsky.network" })
    .default("wss://jetstream.us-east.bsky.network"),
  /** Where it is written down who is who. */
  plc: z
    .url({ protocol: /^https?$/, error: "an address, such as https://plc.directory" })
    .default("https://plc.directory"),
  /** false: direct messages are not listened to, and the app password need not reach them. */
  messages: z.boolean().default(true),
  mode,
  words,
});

/** A system that sends us what happens there. */
const WebhookAccount = z.strictObject({
  network: z.literal("webhook"),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "a short name of small letters, digits and hyphens: it stands in the address"),
  /** As the company is called where it speaks itself; left out: the name. */
  label: z.string().trim().min(1).max(80).optional(),
  secretEnv: variable("the signing secret"),
  /** A silence of this many minutes is a gap; left out: it may be silent as long as it likes. */
  silentMinutes: z.number().int().min(5).max(43_200).optional(),
});

const Account = z.discriminatedUnion("network", [MastodonAccount, BlueskyAccount, WebhookAccount], {
  error: "networks so far: mastodon, bluesky and webhook",
});
type Account = z.infer<typeof Account>;

/** The accounts as they stand in the file. */
export const Accounts = z
  .array(Account)
  .min(1, "name at least one account to listen with")
  .refine(isEachOnce, "two of them are the same account: remove one, its words may stand together");

export type MastodonConfig = Omit<Readonly<z.infer<typeof MastodonAccount>>, "refresh"> & {
  readonly token: string;
  readonly refresh?: { readonly token: string; readonly clientId: string; readonly clientSecret: string };
};
export type BlueskyConfig = Readonly<z.infer<typeof BlueskyAccount>> & { readonly password: string };
export type WebhookConfig = Readonly<z.infer<typeof WebhookAccount>> & {
  readonly label: string;
  readonly secret: string;
};
export type AccountConfig = MastodonConfig | BlueskyConfig | WebhookConfig;

type Named =
  | Pick<MastodonConfig, "network" | "url" | "tokenEnv">
  | Pick<BlueskyConfig, "network" | "handle">
  | Pick<WebhookConfig, "network" | "name">;

/** For people: two accounts on one instance are told apart by the name of the token's variable. */
export function toAccountName(account: Named): string {
  switch (account.network) {
    case "webhook":
      return `webhook ${account.name}`;
    case "bluesky":
      return `bluesky ${account.handle.toLowerCase()}`;
    case "mastodon":
      return `mastodon ${account.url.replace(/\/$/, "")} ${account.tokenEnv}`;
  }
}

/** With its secrets, which `secret` looks up by the name of their variable. */
export function toAccountConfig(account: Account, secret: (name: string) => string): AccountConfig {
  switch (account.network) {
    case "webhook":
      return { ...account, label: account.label ?? account.name, secret: secret(account.secretEnv) };
    case "bluesky":
      return { ...account, password: secret(account.passwordEnv) };
    case "mastodon":
      return toMastodonConfig(account, secret);
  }
}

function toMastodonConfig(
  { refresh, ...account }: z.infer<typeof MastodonAccount>,
  secret: (name: string) => string,
): MastodonConfig {
  const token = secret(account.tokenEnv);
  if (refresh === undefined) return { ...account, token };
  const { tokenEnv, clientIdEnv, clientSecretEnv } = refresh;
  const secrets = { token: secret(tokenEnv), clientId: secret(clientIdEnv), clientSecret: secret(clientSecretEnv) };
  return { ...account, token, refresh: secrets };
}

/** Two listeners with one account would take each other's place in its feeds. */
function isEachOnce(accounts: readonly Account[]): boolean {
  return new Set(accounts.map((account) => toAccountName(account))).size === accounts.length;
}
