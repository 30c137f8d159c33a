import pg from "pg";
import { Misconfigured, Unavailable } from "../../errors.ts";
import type { Address, Host } from "./address.ts";
import { toJournalError } from "./failure.ts";
import { beginSession, toClientConfig } from "./session.ts";
import type { Session } from "./session.ts";

/**
 * The host that takes writes. All are asked at once; where an old primary came back beside the new one, the new one is taken.
 * Throws `Misconfigured` where that can only be mended by somebody, else `Unavailable`.
 */
export async function findPrimary(address: Address): Promise<Host> {
  const answers = await Promise.allSettled(address.hosts.map((host) => ask(address, host)));
  const found = answers
    .flatMap((answer, place) =>
      answer.status === "fulfilled" ? [{ ...answer.value, host: address.hosts[place] }] : [],
    )
    .filter(({ isPrimary }) => isPrimary)
    .sort((a, b) => b.timeline - a.timeline)[0];
  if (found?.host !== undefined) return found.host;
  if (answers.some(({ status }) => status === "fulfilled")) {
    throw new Unavailable(`None of the servers of the journal's database ${address.label} takes writes now.`);
  }
  const errors = answers.map((answer) => toJournalError((answer as PromiseRejectedResult).reason, address.label));
  throw (
    errors.find((error) => error instanceof Misconfigured) ?? errors[0] ?? new Error("The journal's URL has no host.")
  );
}

async function ask(address: Address, host: Host): Promise<Session> {
  const client = new pg.Client(toClientConfig(address, host));
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await beginSession(client, address.label);
  } finally {
    // One that never answered has nobody to take leave of.
    void client.end().catch(() => undefined);
  }
}
