import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { Misconfigured, Unavailable } from "../../errors.ts";
import type { Journal } from "../../journal/journal.ts";
import type { IsoTime, Key } from "../../model/glossary.ts";
import { findMark } from "../../tombstones.ts";
import type { Visit } from "../../wire/visit.ts";
import type { Certificate, CertifiedPlace } from "./certificate.ts";
import { findInJournal } from "./journal-places.ts";
import { lookOnNetwork } from "./network-places.ts";
import { toVerdict } from "./verdict.ts";

const DAY_MS = 86_400_000;
/** Change events are kept for 72 hours: Pub/Sub API Developer Guide, "Event Message Durability". */
const EVENTS_KEPT_MS = 3 * DAY_MS;

export interface CertifyParts {
  readonly journal: Journal;
  readonly visit: Visit;
  readonly config: Pick<Config, "accounts" | "backupDays">;
  readonly clock: Clock;
}

/** Looks at every place where the post's words are, were or could be. Changes nothing. */
export async function certify(parts: CertifyParts, post: Key, signal: AbortSignal): Promise<Certificate> {
  const { journal, config, clock } = parts;
  const at = clock.now();
  const traces = await findInJournal(journal, post);
  const mark = await findMark(journal, post);
  const goneAt = mark?.at ?? traces.toldAt;
  const inCrm = await findInCrm(parts, post, signal);
  const onNetwork = await findOnNetwork(parts, post, signal);
  const looked = [...traces.places, ...inCrm, ...onNetwork, LOGS];
  const isHeld = traces.places.some(({ holds }) => holds === "words");
  const heldUntil = isHeld ? at : (toLatest(goneAt, traces.toldAt, mark?.emptiedAt) ?? at);
  const backupsUntil = new Date(Date.parse(heldUntil) + config.backupDays * DAY_MS).toISOString();
  const later = [toBackups(heldUntil, backupsUntil, at), toEvents(heldUntil, at)];
  const places = goneAt === undefined ? looked : [...looked, ...later];
  return { post, at, goneAt, places, ...toVerdict(goneAt, places, backupsUntil) };
}

function toLatest(...times: readonly (IsoTime | undefined)[]): IsoTime | undefined {
  return times
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
}

const LOGS: CertifiedPlace = {
  room: "logs",
  where: "logs, metrics and error reports",
  holds: "nothing",
  detail: "They never hold text of posts",
};

function toBackups(heldUntil: IsoTime, until: IsoTime, at: IsoTime): CertifiedPlace {
  const before = `Backups of the journal made before ${heldUntil}`;
  if (until <= at)
    return { room: "backups", where: "backups", holds: "nothing", detail: `${before} are deleted by now` };
  const detail = `${before} may hold it until ${until.slice(0, 10)} (backupDays)`;
  return { room: "backups", where: "backups", holds: "later", detail };
}

/** Nobody can take them back, and an answer that quoted the post was told there with its words. */
function toEvents(heldUntil: IsoTime, at: IsoTime): CertifiedPlace {
  const until = new Date(Date.parse(heldUntil) + EVENTS_KEPT_MS).toISOString();
  const place = { room: "CRM", where: "change events of Social Reply" } as const;
  if (until <= at) return { ...place, holds: "nothing", detail: "Those of that time have expired" };
  const detail = `Where answers quoted it and the org captures their changes, it forgets them by itself on ${until.slice(0, 10)}`;
  return { ...place, holds: "later", detail };
}

async function findInCrm({ visit }: CertifyParts, post: Key, signal: AbortSignal): Promise<readonly CertifiedPlace[]> {
  try {
    await using crm = await visit.crm(signal);
    return (await crm.inspect(post, signal)).map((place) => ({ room: "CRM", ...place }));
  } catch (error) {
    return [toUnseen("CRM", "the whole CRM", error)];
  }
}

/** Only accounts of the post's own network can be asked; a private one only the account that it was written to. */
async function findOnNetwork(
  { visit, config }: CertifyParts,
  post: Key,
  signal: AbortSignal,
): Promise<readonly CertifiedPlace[]> {
  const places: CertifiedPlace[] = [];
  for (const account of config.accounts) {
    if (!post.startsWith(`${account.network}:`)) continue;
    try {
      await using source = await visit.source(account, signal);
      places.push(await lookOnNetwork(source, post, signal));
    } catch (error) {
      places.push(toUnseen("network", account.network, error));
    }
  }
  return places;
}

function toUnseen(room: CertifiedPlace["room"], where: string, error: unknown): CertifiedPlace {
  if (!(error instanceof Misconfigured || error instanceof Unavailable)) throw error;
  return { room, where, holds: "unknown", detail: error.message };
}
