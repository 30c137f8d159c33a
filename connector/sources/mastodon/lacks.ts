import { z } from "zod";
import type { Account } from "../../model/account.ts";
import { Declined } from "../asking/declined.ts";
import type { Ask } from "./client.ts";

const APP = "/api/v1/apps/verify_credentials";
const READING = ["read:accounts", "read:notifications", "read:statuses"];
const ANSWERING = ["write:statuses"];

/** Servers from Mastodon 4.3 on say it. */
const Application = z.object({ scopes: z.array(z.string()) });

/** The scopes that our token has not and should have; undefined: this server does not say which it has. */
export async function readLacks(
  ask: Ask,
  mode: Account["mode"],
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  try {
    const scopes = Application.safeParse(await ask(signal, { path: APP })).data?.scopes;
    const needed = mode === "engage" ? [...READING, ...ANSWERING] : READING;
    // `read` is all that begins with `read:`.
    return scopes && needed.filter((scope) => !scopes.includes(scope) && !scopes.includes(scope.split(":")[0] ?? ""));
  } catch (error) {
    if (error instanceof Declined) return undefined;
    throw error;
  }
}
