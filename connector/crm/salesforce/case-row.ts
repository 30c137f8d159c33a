import type { Draft } from "../../model/draft.ts";
import { toFitting } from "../../model/fitting.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { OrgSettings } from "../../model/settings.ts";
import { toOpening, toOpeningFields, toUnseen } from "./case-words.ts";
import type { Fields } from "./fields.ts";
import { latest, type NewRow } from "./post-row.ts";

/** Of every Case that we open. */
export const ORIGIN = "Social";

const LONGEST_SUPPLIED_NAME = 80;

/**
 * Born: inserted by its unique key; whatever a person may own (owner, priority, subject, contact) is written only now.
 * `group`: all drafts of the batch that stand on it; undefined where none of them opens it.
 */
export function toNewCaseRow(
  f: Fields,
  settings: OrgSettings,
  group: readonly Draft[],
  { fallbackQueue, now, turn }: { readonly fallbackQueue: string; readonly now: IsoTime; readonly turn: number },
): NewRow | undefined {
  const opening = group.find(({ home }) => home?.kind === "new");
  if (opening?.home?.kind !== "new") return undefined;
  const { post, triage, home } = opening;
  const words = toOpening(opening, group);
  const queue = settings.queues.get(triage?.queue ?? "") ?? settings.queues.get(fallbackQueue);
  const answered = toFirstAnswer(group, post.postedAt);
  const lastInbound = latest(...group.filter(isInbound).map((draft) => draft.post.postedAt));
  return {
    [f.case.key]: home.key,
    [f.case.turn]: turn,
    [f.case.conversation]: post.conversation ?? post.key,
    [f.case.persona.row]: { [f.persona.key]: post.author.key },
    [f.case.account.row]: { [f.account.key]: post.account },
    [f.case.postedAt]: post.postedAt,
    [f.case.detectedAt]: post.detectedAt,
    [f.case.triagedAt]: now,
    ...(lastInbound === undefined ? {} : { [f.case.lastInboundAt]: lastInbound }),
    ...(answered === undefined ? {} : { [f.case.firstResponseAt]: answered }),
    ...toOpeningFields(f, words),
    Origin: ORIGIN,
    Priority: triage?.priority ?? "Medium",
    ...(queue === undefined ? {} : { OwnerId: queue }),
    ...(home.parentCaseId === undefined ? {} : { ParentId: home.parentCaseId }),
    ...(words.text === undefined ? {} : toCustomerFields(f, opening)),
  };
}

/** Of a post that was deleted nobody waits for an answer, and nothing more is told of its author than has to be. */
function toCustomerFields(f: Fields, opening: Draft): NewRow {
  const { author } = opening.post;
  const contact = opening.identity?.link.contact;
  return {
    [f.case.responseDue]: toDue(opening),
    SuppliedName: toFitting(author.displayName || author.handle, LONGEST_SUPPLIED_NAME),
    ...(contact === undefined ? {} : { ContactId: contact }),
  };
}

/** What the connector owns on a Case that is there already; undefined where nothing changes. */
export function toCaseUpdate(f: Fields, settings: OrgSettings, drafts: readonly Draft[]): NewRow | undefined {
  const homes = drafts.flatMap(({ home }) => (home?.kind === "open" || home?.kind === "reopen" ? [home] : []));
  const known = homes[0]?.case;
  if (known === undefined) return undefined;
  const inbound = drafts.filter(isInbound);
  const lastInbound = latest(known.lastInboundAt, ...inbound.map(({ post }) => post.postedAt));
  const reopened = homes.some(({ kind }) => kind === "reopen");
  const asking = inbound.find(({ triage }) => triage?.needsResponse === true);
  const answered = known.firstResponseAt ?? toFirstAnswer(drafts, known.postedAt ?? "");
  const fields: NewRow = {
    ...(lastInbound === known.lastInboundAt ? {} : { [f.case.lastInboundAt]: lastInbound }),
    ...(answered === known.firstResponseAt ? {} : { [f.case.firstResponseAt]: answered }),
    ...(reopened ? { Status: settings.reopenedStatus } : {}),
    ...(reopened && asking !== undefined ? { [f.case.responseDue]: toDue(asking) } : {}),
  };
  if (Object.keys(fields).length === 0) return undefined;
  const seen = reopened ? { [f.case.seenClosedAt]: known.closedAt ?? null } : {};
  return { Id: known.id, ...fields, ...toUnseen(f), ...seen };
}

/** An empty Contact, filled: guarded, the org refuses it where a person filled it meanwhile. */
export function toContactRow(drafts: readonly Draft[]): NewRow | undefined {
  const draft = drafts.find((one) => isInbound(one) && one.identity?.link.contact !== undefined);
  if (draft?.home?.kind !== "open" && draft?.home?.kind !== "reopen") return undefined;
  const known = draft.home.case;
  return known.contact === undefined ? { Id: known.id, ContactId: draft.identity?.link.contact } : undefined;
}

/** What was deleted meanwhile is no word of the customer any more. */
function isInbound({ post, gone }: Draft): boolean {
  return post.direction === "inbound" && gone === undefined;
}

/** When we first answered. What we posted by ourselves is no answer, nor is what we said before the customer did. */
function toFirstAnswer(drafts: readonly Draft[], asked: IsoTime): IsoTime | undefined {
  const answers = drafts.filter(
    ({ post }) => post.direction === "outbound" && post.parent !== undefined && post.postedAt >= asked,
  );
  return answers.map(({ post }) => post.postedAt).sort()[0];
}

/** Counted from the moment when it was said, not when we saw it: of an edit that is the time of the edit. */
function toDue({ post, triage }: Draft): IsoTime | null {
  if (triage?.needsResponse !== true) return null;
  const saidMs = Math.max(Date.parse(post.postedAt), post.version);
  return new Date(saidMs + triage.responseMinutes * 60_000).toISOString();
}
