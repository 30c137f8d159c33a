import { setTimeout as delay } from "node:timers/promises";
import { openProgress } from "./progress.ts";
import { company, people } from "./people.ts";
import { samples } from "./posts.ts";
import { isPost, type Sample } from "./sample.ts";

export interface PlayOptions {
  readonly networkUrl: string;
  /** The folder where it remembers how far it came. */
  readonly dir: string;
  /** 1 waits as the samples say, 0 not at all. */
  readonly pace?: number;
  readonly signal: AbortSignal;
}

/** Makes the accounts of the company and of everybody in the samples, where there are none; answers token by handle. */
export async function prepareAccounts({ networkUrl }: { networkUrl: string }): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>();
  for (const { handle, display, note, followers } of [company, ...people]) {
    const account = await send(`${networkUrl}/sandbox/accounts`, { json: { handle, display, note, followers } });
    tokens.set(handle, account.token ?? "");
  }
  return tokens;
}

/**
 * Plays what is left of the samples through the network's public API, and answers how many were played now. It may be killed
 * and started again at any moment: a step that was done but not noted is done again by the same idempotency key.
 * Ends early, without an error, when the signal is aborted.
 */
export async function playSamples({ networkUrl, dir, pace = 1, signal }: PlayOptions): Promise<{ played: number }> {
  const progress = openProgress(dir);
  if (progress.step() >= samples.length) return { played: 0 };
  const tokens = await prepareAccounts({ networkUrl });
  let played = 0;
  for (const sample of samples.slice(progress.step())) {
    await delay(sample.afterMs * pace, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    const id = await play(sample, { networkUrl, tokens, idOf: progress.idOf }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return undefined;
    });
    if (id === undefined) break;
    progress.done(isPost(sample) ? { ref: sample.ref, id } : undefined);
    played += 1;
  }
  return { played };
}

interface Stage {
  readonly networkUrl: string;
  readonly tokens: ReadonlyMap<string, string>;
  readonly idOf: (ref: string) => string;
}

/** Does one step and answers the status it was done to. What is gone already cannot be edited or removed: that is fine. */
async function play(sample: Sample, { networkUrl, tokens, idOf }: Stage): Promise<string> {
  const statuses = `${networkUrl}/api/v1/statuses`;
  if (isPost(sample)) {
    const { ref, by, text: status, language, visibility = "public", replyTo } = sample;
    const json = { status, language, visibility, ...(replyTo !== undefined && { in_reply_to_id: idOf(replyTo) }) };
    return (await send(statuses, { json, token: tokens.get(by), key: `sample-${ref}` })).id;
  }
  const ref = "edit" in sample ? sample.edit : sample.remove;
  const token = tokens.get(authorOf(ref));
  const change = "edit" in sample ? { method: "PUT", json: { status: sample.text } } : { method: "DELETE" };
  return (await send(`${statuses}/${idOf(ref)}`, { ...change, token, mayBeGone: true })).id;
}

function authorOf(ref: string): string {
  const post = samples.filter(isPost).find((each) => each.ref === ref);
  if (!post) throw new Error(`No sample post is called ${ref}`);
  return post.by;
}

interface Call {
  readonly method?: string;
  readonly json?: unknown;
  readonly token?: string | undefined;
  readonly key?: string;
  readonly mayBeGone?: boolean;
}

async function send(url: string, { method = "POST", json, token, key, mayBeGone = false }: Call) {
  const response = await fetch(url, {
    method,
    headers: {
      "Content-Type": "application/json",
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(key !== undefined && { "Idempotency-Key": key }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  if (!response.ok && !(mayBeGone && response.status === 404)) {
    throw new Error(`The network answered ${response.status} to ${method} ${new URL(url).pathname}`);
  }
  return (await response.json()) as { id: string; token?: string };
}
