import { mkdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { openCrmUser, type CrmUser } from "../../test/journeys/crm-user.ts";
import type { Square } from "../../test/journeys/town/town.ts";
import { ask } from "../bench/ask.ts";
import { startChild } from "../bench/child.ts";

const PROCESS = path.join(import.meta.dirname, "world-process.ts");
const HOSTS = ["nordwind.social", "sandbank.example"] as const;
const COMPANY = "nordwind";

const Address = z.object({
  orgUrl: z.string(),
  orgId: z.string(),
  tokens: z.object({ rita: z.string(), ada: z.string() }),
  networkUrls: z.tuple([z.string(), z.string()]),
});

/** A network with the company's account on it. */
export interface Place extends Square {
  readonly token: string;
  /** Does it make one post of two with the same key? */
  readonly knowsKeys: boolean;
  readonly file: string;
}

/** The org and the networks, in a process of their own. */
export interface World extends AsyncDisposable {
  readonly orgUrl: string;
  readonly orgId: string;
  readonly orgFile: string;
  readonly rita: CrmUser;
  readonly ada: CrmUser;
  readonly places: readonly Place[];
}

export async function openWorld(dir: string, signal: AbortSignal): Promise<World> {
  mkdirSync(dir, { recursive: true });
  const child = startChild({ file: PROCESS, args: [dir, HOSTS[1]], log: path.join(dir, "world.log"), signal });
  try {
    const { orgUrl, orgId, tokens, networkUrls } = Address.parse(await child.message());
    await ask(`${orgUrl}/sandbox/limits`, { method: "POST", body: { dailyApiRequests: 50_000_000 } });
    await ask(`${networkUrls[1]}/sandbox/habits`, { method: "POST", body: { idempotency: false } });
    const files = [path.join(dir, "network.db"), path.join(dir, "other", "network.db")];
    const places = HOSTS.map(async (host, index): Promise<Place> => {
      const url = networkUrls[index] ?? "";
      const body = { handle: COMPANY, display: "Nordwind" };
      const { token } = await ask(`${url}/sandbox/accounts`, { method: "POST", body });
      return { url, host, token: String(token), knowsKeys: index === 0, file: files[index] ?? "" };
    });
    return {
      orgUrl,
      orgId,
      orgFile: path.join(dir, "org.sqlite"),
      rita: openCrmUser(orgUrl, tokens.rita),
      ada: openCrmUser(orgUrl, tokens.ada),
      places: await Promise.all(places),
      [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}
