import type { Draft } from "../../model/draft.ts";
import { toFitting } from "../../model/fitting.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { OrgSettings } from "../../model/settings.ts";
import type { Fields } from "./fields.ts";
import { latest, type NewRow } from "./post-row.ts";

const LONGEST_SUPPLIED_NAME = 80;

/**
 * Born: inserted by its unique key; whatever a person may own (owner, priority, subject, contact) is written only now.
 * `group`: all drafts of the batch that stand on it; undefined where none of them opens it.
 */
export function toNewCaseRow(
  f: Fields,
  settings: OrgSettings,
  group: readonly Draft[],
  fallbackQueue: string,
): NewRow | undefined {
  const opening = group.find(({ home }) => home?.kind === "new");
  if (opening?.home?.kind !== "new") return undefined;
  const { post, identity, triage, home } = opening;
  const queue = settings.queues.get(triage?.queue ?? "") ?? settings.queues.get(fallbackQueue);
  const answered = toFirstAnswer(group);
  return {
    [f.case.key]: home.key,
    [f.case.conversation]: post.conversation ?? post.key,
    [f.case.persona.row]: { [f.persona.key]: post.author.key },
    [f.case.account.row]: { [f.account.key]: post.account },
    [f.case.lastInboundAt]: latest(...group.filter(isInbound).map((draft) => draft.post.postedAt)),
    [f.case.responseDue]: toDue(opening),
    ...(answered === undefined ? {} : { [f.case.firstResponseAt]: answered }),
    // Subject and Description are this post's words: `erase` finds them by it.
    [f.case.openingPost]: post.key,
    Origin: "Social",
    Subject: home.subject,
    Description: home.description,
    Priority: triage?.priority ?? "Medium",
    SuppliedName: toFitting(post.author.displayName || post.author.handle, LONGEST_SUPPLIED_NAME),
    ...(queue === undefined ? {} : { OwnerId: queue }),
    ...(identity?.link.contact === undefined ? {} : { ContactId: identity.link.contact }),
    ...(home.parentCaseId === undefined ? {} : { ParentId: home.parentCaseId }),
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
  const answered = known.firstResponseAt ?? toFirstAnswer(drafts);
  const fields: NewRow = {
    ...(lastInbound === known.lastInboundAt ? {} : { [f.case.lastInboundAt]: lastInbound }),
    ...(answered === known.firstResponseAt ? {} : { [f.case.firstResponseAt]: answered }),
    ...(reopened ? { Status: settings.reopenedStatus } : {}),
    ...(reopened && asking !== undefined ? { [f.case.responseDue]: toDue(asking) } : {}),
  };
  return Object.keys(fields).length === 0 ? undefined : { Id: known.id, ...fields };
}

/** An empty Contact, filled: guarded, the org refuses it where a person filled it meanwhile. */
export function toContactRow(drafts: readonly Draft[]): NewRow | undefined {
  const draft = drafts.find(
    ({ post, identity }) => post.direction === "inbound" && identity?.link.contact !== undefined,
  );
  if (draft?.home?.kind !== "open" && draft?.home?.kind !== "reopen") return undefined;
  const known = draft.home.case;
  return known.contact === undefined ? { Id: known.id, ContactId: draft.identity?.link.contact } : undefined;
}

function isInbound({ post }: Draft): boolean {
  return post.direction === "inbound";
}

/** When we first answered: what we posted by ourselves is no answer. */
function toFirstAnswer(drafts: readonly Draft[]): IsoTime | undefined {
  const answers = drafts.filter(({ post }) => post.direction === "outbound" && post.parent !== undefined);
  return answers.map(({ post }) => post.postedAt).sort()[0];
}

/** Counted from the post, not from the moment we saw it. */
function toDue({ post, triage }: Draft): IsoTime | null {
  if (triage?.needsResponse !== true) return null;
  return new Date(Date.parse(post.postedAt) + triage.responseMinutes * 60_000).toISOString();
}
