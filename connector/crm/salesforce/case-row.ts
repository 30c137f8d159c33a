import type { Draft, Home } from "../../model/draft.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { OrgSettings } from "../../model/settings.ts";
import type { Fields } from "./fields.ts";
import { latest, toFitting, type NewRow } from "./post-row.ts";

const LONGEST_SUPPLIED_NAME = 80;

type NewHome = Extract<Home, { kind: "new" }>;

/** Born: inserted by its unique key; whatever a person may own (owner, priority, subject, contact) is written only now. */
export function toNewCaseRow(
  f: Fields,
  settings: OrgSettings,
  draft: Draft,
  home: NewHome,
  fallbackQueue: string,
): NewRow {
  const { post, identity, triage } = draft;
  const queue = settings.queues.get(triage?.queue ?? "") ?? settings.queues.get(fallbackQueue);
  return {
    [f.case.key]: home.key,
    [f.case.conversation]: post.conversation ?? post.key,
    [f.case.persona.row]: { [f.persona.key]: post.author.key },
    [f.case.account.row]: { [f.account.key]: post.account },
    [f.case.lastInboundAt]: post.postedAt,
    [f.case.responseDue]: toDue(draft),
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
  const inbound = drafts.filter(({ post }) => post.direction === "inbound");
  const lastInbound = latest(known.lastInboundAt, ...inbound.map(({ post }) => post.postedAt));
  const reopened = homes.some(({ kind }) => kind === "reopen");
  const asking = inbound.find(({ triage }) => triage?.needsResponse === true);
  const answered = known.firstResponseAt ?? earliest(drafts.filter(isAnswer).map(({ post }) => post.postedAt));
  const fields: NewRow = {
    ...(lastInbound === known.lastInboundAt ? {} : { [f.case.lastInboundAt]: lastInbound }),
    ...(answered === known.firstResponseAt ? {} : { [f.case.firstResponseAt]: answered }),
    ...(reopened ? { Status: settings.reopenedStatus } : {}),
    ...(reopened && asking !== undefined ? { [f.case.responseDue]: toDue(asking) } : {}),
  };
  return Object.keys(fields).length === 0 ? undefined : { Id: known.id, ...fields };
}

function isAnswer({ post }: Draft): boolean {
  return post.direction === "outbound" && post.parent !== undefined;
}

function earliest(times: readonly IsoTime[]): IsoTime | undefined {
  return [...times].sort()[0];
}

/** Counted from the post, not from the moment we saw it. */
function toDue({ post, triage }: Draft): IsoTime | null {
  if (triage?.needsResponse !== true) return null;
  return new Date(Date.parse(post.postedAt) + triage.responseMinutes * 60_000).toISOString();
}
