import { Disconnected, Misconfigured } from "../../errors.ts";
import type { Account } from "../../model/account.ts";
import { Declined } from "../asking/declined.ts";
import { CREDENTIALS } from "./client.ts";
import type { Ask } from "./client.ts";
import type { Instance } from "./instance.ts";
import { NETWORK, toPersonaKey } from "./keys.ts";
import { WireAccount } from "./schema.ts";
import { toHandle } from "./to-post.ts";

/** Whose token it is. `Misconfigured` when the network does not take it for an account's. */
export async function identifyUs(
  ask: Ask,
  instance: Instance,
  mode: Account["mode"],
  signal: AbortSignal,
): Promise<{ readonly account: Account; readonly ourId: string }> {
  const { id, acct } = await readCredentials(ask, instance, signal);
  const account: Account = {
    key: toPersonaKey(instance.domain, id),
    network: NETWORK,
    handle: toHandle(acct, instance.domain),
    mode,
    textLimit: instance.textLimit,
    urlLength: instance.urlLength,
  };
  return { account, ourId: id };
}

async function readCredentials(ask: Ask, { domain }: Instance, signal: AbortSignal): Promise<WireAccount> {
  try {
    return WireAccount.parse(await ask(signal, { path: CREDENTIALS }));
  } catch (error) {
    if (error instanceof Disconnected)
      throw new Misconfigured(`${error.message} at ${domain}. ${error.remedy}`, { cause: error });
    if (error instanceof Declined)
      throw new Misconfigured(
        `${domain} does not let this \`token\` read its account: make one with the scopes read and write, ` +
          "and look there whether the account is suspended",
      );
    throw error;
  }
}
