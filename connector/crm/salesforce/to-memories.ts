import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import { isCaseKeyOf } from "../../model/key.ts";
import type { KnownCase, KnownPersona, KnownPost, Memory } from "../../model/memory.ts";
import type { Post } from "../../model/post.ts";
import type { Fields } from "./fields.ts";
import { HISTORIES } from "./people-changes.ts";
import { HANDLE_OBJECTS, toCandidates, type HandleField, type HandleObject } from "./handles.ts";
import { toIdentityState, toPersonaLink } from "./link.ts";
import { children, flag, number, parent, required, text, time, type Row } from "./rows.ts";

/** What the queries of a recall found. */
export type Found = Readonly<Record<"posts" | "personas" | "cases" | HandleObject, readonly Row[]>>;

/** What each draft has to do with it, in their order. Pure. */
export function toMemories(
  { fields: f, handles }: { readonly fields: Fields; readonly handles: readonly HandleField[] },
  found: Found,
  drafts: readonly Draft[],
): readonly Memory[] {
  const byKey = (rows: readonly Row[], key: string) =>
    new Map(rows.map((row): [Key, Row] => [required(row, key), row]));
  const posts = byKey(found.posts, f.post.key);
  const personas = byKey(found.personas, f.persona.key);
  const casesOf = Map.groupBy(found.cases, (row) => text(parent(row, f.case.persona.row), f.persona.key));
  const candidatesOf = HANDLE_OBJECTS.map((object) => toCandidates(object, handles, found[object]));
  const toCase = toKnownCases(f);

  return drafts.map(({ post }): Memory => {
    const personaRow = personas.get(post.author.key);
    const latest = personaRow === undefined ? [] : children(personaRow, f.post.posts);
    const pointed = latest.find((row) => text(row, f.post.conversation) === post.conversation);
    const postRow = posts.get(post.key);
    const parentRow = posts.get(post.parent ?? "");
    const standing = [pointed, postRow, parentRow]
      .map((row) => parent(row, f.post.case.row))
      .filter((row) => row !== undefined);
    const open = personaRow === undefined ? [] : children(personaRow, f.case.cases);
    const rows = [...(casesOf.get(post.author.key) ?? []), ...open, ...standing];
    const cases = new Map(rows.map((row): [string, KnownCase] => [required(row, "Id"), toCase(row)]));
    return {
      post: postRow === undefined ? undefined : toKnownPost(f, postRow),
      parent: parentRow === undefined ? undefined : toKnownPost(f, parentRow),
      persona: personaRow === undefined ? undefined : toKnownPersona(f, personaRow),
      cases: [...cases.values()],
      latestCaseId: text(pointed, f.post.case.id),
      lastCaseNumber: toLastNumber([...cases.values()], post),
      candidates: candidatesOf.flatMap((find) => find(post.author)),
    };
  });
}

function toKnownPost(f: Fields, row: Row): KnownPost {
  return {
    key: required(row, f.post.key),
    version: number(row, f.post.version) ?? 0,
    gone: text(row, f.post.deletedAt) !== undefined,
    recordedAt: time(row, "CreatedDate") ?? new Date(0).toISOString(),
    caseId: text(row, f.post.case.id),
    conversation: text(row, f.post.conversation),
    ...toDecided(f, row),
  };
}

/** What people changed by hand, as the row stands now. */
function toDecided({ post }: Fields, row: Row): Pick<KnownPost, "decided"> {
  const changed = new Set(children(row, HISTORIES).map((change) => text(change, "Field")));
  if (changed.size === 0) return {};
  const needsResponse = changed.has(post.needsResponse) ? { needsResponse: flag(row, post.needsResponse) } : {};
  return { decided: { ...needsResponse, ...(changed.has(post.case.id) ? { case: true } : {}) } };
}

function toKnownPersona(f: Fields, row: Row): KnownPersona {
  const turn = number(row, f.persona.turn);
  return {
    key: required(row, f.persona.key),
    identity: toIdentityState(text(row, f.persona.identity)),
    link: toPersonaLink(f, row),
    decidedBy: text(row, f.persona.identityDecidedBy),
    ...(turn === undefined ? {} : { turn }),
  };
}

/** What `toKnownCase` reads. */
export function toCaseColumns(f: Fields): readonly string[] {
  const { key, conversation, account, lastInboundAt, firstResponseAt, postedAt, openingPost } = f.case;
  const accountKey = `${account.row}.${f.account.key}`;
  return [
    "Id",
    "CreatedDate",
    key,
    conversation,
    accountKey,
    "IsClosed",
    "ClosedDate",
    "ContactId",
    lastInboundAt,
    firstResponseAt,
    postedAt,
    openingPost,
  ];
}

/** Many drafts have to do with one Case: each row is read once. */
function toKnownCases(f: Fields): (row: Row) => KnownCase {
  const known = new Map<Row, KnownCase>();
  return (row) => {
    const read = known.get(row) ?? toKnownCase(f, row);
    known.set(row, read);
    return read;
  };
}

function toKnownCase(f: Fields, row: Row): KnownCase {
  const postedAt = time(row, f.case.postedAt);
  const openingPost = text(row, f.case.openingPost);
  return {
    id: required(row, "Id"),
    key: text(row, f.case.key),
    conversation: text(row, f.case.conversation),
    account: text(parent(row, f.case.account.row), f.account.key),
    madeAt: time(row, "CreatedDate") ?? new Date(0).toISOString(),
    closedAt: flag(row, "IsClosed") ? (time(row, "ClosedDate") ?? new Date(0).toISOString()) : undefined,
    lastInboundAt: time(row, f.case.lastInboundAt),
    firstResponseAt: time(row, f.case.firstResponseAt),
    contact: text(row, "ContactId"),
    ...(postedAt === undefined ? {} : { postedAt }),
    ...(openingPost === undefined ? {} : { openingPost }),
  };
}

/** The conversation's other customers count for themselves. */
function toLastNumber(cases: readonly KnownCase[], { conversation, author }: Post): number {
  const keys = cases.flatMap(({ key }) => key ?? []);
  const own = conversation === undefined ? [] : keys.filter((key) => isCaseKeyOf(key, conversation, author.key));
  return Math.max(0, ...own.map((key) => Number(key.slice(key.lastIndexOf("|") + 1))));
}
