import { openFollower } from "../../connector/follower.ts";
import type { Entry, LogName, NewEntry } from "../../connector/journal/journal.ts";
import { PARTITIONS, toPostPartition } from "../../connector/model/partition.ts";
import { toPostEvent, type Post, type PostEvent } from "../../connector/model/post.ts";
import { openPipeline } from "../../connector/pipeline/index.ts";
import { openRecorder } from "../../connector/recorder.ts";
import { defaultRules } from "../../connector/rules/defaults.ts";
import { openSender } from "../../connector/sender.ts";
import type { Source } from "../../connector/sources/source.ts";
import { company, never } from "../contracts/crm/place.ts";
import { COMPANY, toTestPost } from "../fakes/posts.ts";
import { firstAttempt, repeatedAttempt } from "../fakes/recorder-scene.ts";
import { openScratchJournal } from "../fakes/scratch-journal.ts";
import { loseCall } from "./lost-calls.ts";
import type { ServedOrg } from "./served-org.ts";

/** The connector's three handlers over a real journal, moved by hand: each hears when it is told to. */
export interface Loop extends AsyncDisposable {
  /** A network has told this; it is heard at the next `hear`. */
  tell(event: PostEvent): void;
  hear(): Promise<void>;
  /** The same, but a call that writes such rows is given up and repeated: the org keeps it. */
  hearTwice(words: string): Promise<void>;
  /** What people did is followed, and what they queued is sent. The posts that were published. */
  sweep(): Promise<readonly Post[]>;
  /** All that networks ever told is handed over once more. */
  replay(): Promise<void>;
}

export async function openLoop(org: ServedOrg): Promise<Loop> {
  const { crm, clock } = org;
  const scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  const said = new Map<string, Post>();
  const published: Post[] = [];
  const source: Source = {
    ...{ network: "test", account: company, feeds: {}, idempotentForMs: Infinity, routes: () => [] },
    thread: (post) => Promise.resolve(toParents(post)),
    publish({ key, answered, text }) {
      const id = `answer-${key.replace("/", "-")}`;
      const at = { postedAt: clock.now(), detectedAt: clock.now() };
      const post = toTestPost(id, "nordwind", {
        ...at,
        text,
        kind: "reply",
        ...(answered ? { parent: answered.key } : {}),
      });
      published.push(post);
      return Promise.resolve(post);
    },
  };
  const sources = new Map([[COMPANY, source]]);
  const stages = await openPipeline({ sources, crm, rules: () => defaultRules });
  const record = openRecorder({ journal, crm, stages, clock, onDecided: () => undefined });
  const follow = openFollower({ journal, crm, clock, onFollowed: () => undefined });
  const send = openSender({
    ...{ journal, crm, sources, clock, onSettled: () => undefined },
    onUnforeseen: (error) => {
      throw error;
    },
  });
  const seen = new Set<string>();
  let unheard: PostEvent[] = [];
  let cursor: string | undefined;

  function toParents({ parent }: Post): readonly Post[] {
    const above = said.get(parent ?? "");
    return above === undefined ? [] : [...toParents(above), above];
  }

  /** Those that the log has not seen, as a consumer gets them. */
  async function append(log: LogName, items: readonly NewEntry[]): Promise<readonly Entry[]> {
    const fresh = items.filter(({ key }) => !seen.has(`${log} ${key}`));
    for (const { key } of fresh) seen.add(`${log} ${key}`);
    await journal.append(log, fresh);
    const found = await Promise.all(fresh.map(({ key }) => journal.find(log, key)));
    return found.filter((entry) => entry !== undefined);
  }

  async function readHeard(): Promise<readonly Entry[]> {
    const events = unheard;
    unheard = [];
    const items = events.map((event) => ({
      ...{ key: event.key, value: JSON.stringify(event), partition: toPostPartition(event, true, PARTITIONS) },
    }));
    return await append("posts", items);
  }

  async function hear(): Promise<void> {
    const entries = await readHeard();
    if (entries.length > 0) expectDone(await record(entries, never, firstAttempt));
  }

  async function hearTwice(words: string): Promise<void> {
    const entries = await readHeard();
    if (entries.length === 0) return;
    await loseCall(org, words, (signal) => record(entries, signal, firstAttempt));
    // The time is set right meanwhile.
    await org.withClockBack(7_200_000, async () => expectDone(await record(entries, never, repeatedAttempt)));
  }

  async function readChanges() {
    const stop = new AbortController();
    for await (const page of crm.changes(cursor, stop.signal)) {
      stop.abort();
      cursor = page.cursor;
      return page.items;
    }
    return [];
  }

  function tell(event: PostEvent): void {
    if (event.type !== "deleted" && !said.has(event.post.key)) said.set(event.post.key, event.post);
    unheard.push(event);
  }

  return {
    tell,
    hear,
    hearTwice,
    async sweep() {
      const changes = await readChanges();
      const others = changes.flatMap((one) => (one.type === "reply" ? [] : [one]));
      const replies = changes.flatMap((one) => (one.type === "reply" ? [one.reply] : []));
      const toItem = (value: { readonly key: string }): NewEntry => ({
        ...{ key: value.key, partition: 0, value: JSON.stringify(value) },
      });
      const followed = await append("changes", others.map(toItem));
      if (followed.length > 0) expectDone(await follow(followed, never));
      const sent = await append("replies", replies.map(toItem));
      if (sent.length > 0) expectDone(await send(sent, never));
      // The sender puts them into the log itself: they are heard from there.
      const ours = published.splice(0);
      for (const post of ours) tell(toPostEvent(post));
      return ours;
    },
    async replay() {
      const entries: Entry[] = [];
      for await (const page of journal.since("posts", new Date(0).toISOString())) entries.push(...page);
      const standing = entries.filter(({ value }) => value !== "");
      for (let at = 0; at < standing.length; at += 50)
        expectDone(await record(standing.slice(at, at + 50), never, repeatedAttempt));
    },
    [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
  };
}

function expectDone(outcomes: readonly unknown[]): void {
  const open = outcomes.find((outcome) => outcome !== undefined);
  if (open !== undefined) throw new Error(`An entry is not done: ${JSON.stringify(open)}`);
}
