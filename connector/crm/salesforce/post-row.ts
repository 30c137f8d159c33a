import type { Draft } from "../../model/draft.ts";
import { toFitting } from "../../model/fitting.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Route } from "../../model/reply.ts";
import type { Fields } from "./fields.ts";
import { LONGEST_TEXT, toLines } from "./lines.ts";

const LONGEST_EXCERPT = 255;
const LONGEST_LANGUAGE = 35;
const LONGEST_URL = 2000;

/** A row to be written, without the attributes that name its type. */
export type NewRow = Readonly<Record<string, unknown>>;

/**
 * Versioned: the row refuses an older version than it holds, and any text once it is a tombstone. Of a post that the CRM knows
 * only what an edit changes: the Case where it stands on one is for people and merges to change. `first`: an earlier version
 * that comes in the same call; what we make of a post is what we made of it at first, whether or not its edit comes along.
 */
export function toPostRow(f: Fields, draft: Draft, routes: readonly Route[], first = draft): NewRow {
  const { post, memory, home, gone } = draft;
  const isNew = memory?.post === undefined;
  return {
    [f.post.key]: post.key,
    [f.post.version]: post.version,
    [f.post.visibility]: post.visibility,
    ...(gone === undefined ? toTextFields(f, draft) : { [f.post.deletedAt]: gone }),
    [f.post.language]: toWhole(draft.reading?.language ?? post.language, LONGEST_LANGUAGE),
    [f.post.routes]: JSON.stringify(gone === undefined ? routes : []),
    ...(post.version > 0 ? { [f.post.editedAt]: new Date(post.version).toISOString() } : {}),
    ...(home === undefined || memory?.post?.caseId !== undefined ? {} : toCaseReference(f, home)),
    ...(isNew ? toBirthFields(f, draft) : {}),
    ...(isNew && gone === undefined ? toLabels(f, first) : {}),
  };
}

/** What is true of a post once and for all. */
function toBirthFields(f: Fields, { post }: Draft): NewRow {
  return {
    [f.post.network]: post.network,
    [f.post.sourceClass]: post.sourceClass,
    [f.post.kind]: post.kind,
    [f.post.direction]: post.direction === "inbound" ? "Inbound" : "Outbound",
    [f.post.postedAt]: post.postedAt,
    [f.post.detectedAt]: post.detectedAt,
    [f.post.url]: toWhole(post.url, LONGEST_URL),
    [f.post.conversation]: post.conversation ?? post.key,
    [f.post.parent]: post.parent ?? null,
    [f.post.persona.row]: { [f.persona.key]: post.author.key },
    [f.post.account.row]: { [f.account.key]: post.account },
  };
}

/** What we make of a post, and people may correct: written at its birth only. */
function toLabels(f: Fields, { identity, reading, triage }: Draft): NewRow {
  return {
    [f.post.contact]: identity?.link.contact ?? null,
    [f.post.lead]: identity?.link.lead ?? null,
    [f.post.crmAccount]: identity?.link.account ?? null,
    [f.post.sentiment]: reading?.sentiment ?? null,
    [f.post.sentimentScore]: reading?.sentimentScore ?? null,
    [f.post.intent]: reading?.intent ?? null,
    [f.post.topics]: reading === undefined ? null : reading.topics.join(";"),
    [f.post.needsResponse]: triage?.needsResponse ?? false,
    [f.post.triageReason]: triage === undefined ? null : `${triage.rule}: ${triage.reason}`,
  };
}

/**
 * Private text goes into the field that only the permission set Social Private Messages shows, and nowhere else; private
 * media has no such field, and stays on the network.
 */
function toTextFields(f: Fields, { post }: Draft): NewRow {
  const text = toLines(post.text, LONGEST_TEXT);
  if (post.visibility === "private") {
    return { [f.post.privateText]: text, [f.post.text]: null, [f.post.excerpt]: null, [f.post.media]: null };
  }
  return {
    [f.post.text]: text,
    [f.post.privateText]: null,
    [f.post.excerpt]: toFitting(post.text.replace(/\s+/g, " ").trim(), LONGEST_EXCERPT),
    [f.post.media]: toMedia(post.media),
  };
}

function toCaseReference(f: Fields, home: NonNullable<Draft["home"]>): NewRow {
  return home.kind === "new" || home.kind === "batch"
    ? { [f.post.case.row]: { [f.case.key]: home.key } }
    : { [f.post.case.id]: home.case.id };
}

/** As many pictures as there is room for. */
function toMedia(media: Draft["post"]["media"] = []): string | null {
  const json = JSON.stringify(media);
  if (json.length > LONGEST_TEXT) return toMedia(media.slice(0, -1));
  return media.length === 0 ? null : json;
}

/** What makes no sense when it is cut: an address, a code. */
export function toWhole(value: string | undefined, longest = LONGEST_URL): string | null {
  return value === undefined || value.length > longest ? null : value;
}

export function latest(...times: readonly (IsoTime | undefined)[]): IsoTime | undefined {
  return times
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
}
