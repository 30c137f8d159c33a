import { toDeletedEvent, toPostEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
import type { Held, Source } from "../source.ts";
import { Declined } from "../asking/declined.ts";
import { CREDENTIALS } from "./client.ts";
import { toPostId } from "./keys.ts";
import type { Link } from "./link.ts";
import { WireAccount, WireListed } from "./schema.ts";

/** As many as the network gives at once. */
const AT_ONCE = 20;
const GONE = [404, 410];
const NOT_THERE = Symbol("not there");
/** Between single reads: servers allow some 300 calls in five minutes. */
const REST_MS = 1_500;

/** Posts as they travelled, by their ids. */
type Wires = ReadonlyMap<string, unknown>;

interface Sought {
  readonly id: string;
  readonly held: Held;
}

/**
 * Reads posts again, a page for each twenty. What a list leaves out is asked for by itself: only a clear "not there", told to
 * us by our own name, makes a deletion.
 */
export function toRecheck(link: Link): Required<Source>["recheck"] {
  let givesLists = true;
  return async function* (posts, signal) {
    const sought = posts.flatMap((held) => {
      const id = toPostId(link.us.domain, held.key);
      return id === undefined ? [] : [{ id, held }];
    });
    for (let start = 0; start < sought.length; start += AT_ONCE) {
      const some = sought.slice(start, start + AT_ONCE);
      const listed: Wires | undefined = givesLists ? await readList(some, link, signal) : undefined;
      givesLists = listed !== undefined;
      yield await toNews(some, listed ?? (await readSlowly(some, link, signal)), link, signal);
    }
  };
}

async function toNews(
  some: readonly Sought[],
  listed: Wires,
  link: Link,
  signal: AbortSignal,
): Promise<readonly PostEvent[]> {
  const events: PostEvent[] = [];
  const gone: Held[] = [];
  for (const { id, held } of some) {
    const wire = listed.has(id) ? listed.get(id) : await readOne(id, link, signal);
    const post = wire === NOT_THERE ? undefined : link.read(wire);
    if (wire === NOT_THERE) gone.push(held);
    else if (post?.key === held.key && post.version > held.version) events.push(toPostEvent(post));
  }
  if (gone.length === 0 || !(await isOurselves(link, signal))) return events;
  return [...events, ...gone.map(({ key }) => toDeletedEvent(key, link.clock.now()))];
}

/** undefined: this server gives no such list. */
async function readList(some: readonly Sought[], { ask }: Link, signal: AbortSignal): Promise<Wires | undefined> {
  try {
    const answer = await ask(signal, { path: "/api/v1/statuses", query: { id: some.map(({ id }) => id) } });
    const elements: readonly unknown[] = Array.isArray(answer) ? answer : [];
    return new Map(elements.map((wire) => [WireListed.safeParse(wire).data?.id ?? "", wire]));
  } catch (error) {
    if (error instanceof Declined) return undefined;
    throw error;
  }
}

/** One by one, and no faster than leaves hearing its share of the calls that the network allows. */
async function readSlowly(some: readonly Sought[], link: Link, signal: AbortSignal): Promise<Wires> {
  const wires = new Map<string, unknown>();
  for (const { id } of some) {
    wires.set(id, await readOne(id, link, signal));
    await link.clock.sleep(REST_MS, signal);
    signal.throwIfAborted();
  }
  return wires;
}

/** undefined: the network does not tell. */
async function readOne(id: string, { ask }: Link, signal: AbortSignal): Promise<unknown> {
  try {
    return await ask(signal, { path: `/api/v1/statuses/${id}` });
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    return GONE.includes(error.status) ? NOT_THERE : undefined;
  }
}

/** To a stranger a server says "not there" of every private post, and some take a dead token for a stranger's. */
async function isOurselves({ ask, us }: Link, signal: AbortSignal): Promise<boolean> {
  try {
    return WireAccount.safeParse(await ask(signal, { path: CREDENTIALS })).data?.id === us.ourId;
  } catch (error) {
    if (error instanceof Declined) return false;
    throw error;
  }
}
