import { findWords, type Evidence, type Row } from "./evidence.ts";
import { toGroup, type Doings, type Said } from "./town.ts";

/** What may be wrong in the end: each kind is a line of the report. */
export const KINDS = [
  "posts lost",
  "posts doubled",
  "Cases lost",
  "Cases doubled",
  "replies doubled",
  "replies lost",
  "falsely Sent",
  "falsely Failed",
  "Checking",
  "text that should be gone",
  "private words in the open",
  "reps' fields changed",
  "Tasks lost",
  "Tasks doubled",
  "parked",
  "lagging",
] as const;
export type Kind = (typeof KINDS)[number];

export interface Finding {
  readonly kind: Kind;
  readonly detail: string;
  /** About which kills it happened. */
  readonly during: readonly string[];
  /** Of whose words it speaks. */
  readonly post?: string;
}

/** Compares what is with what must be. The model is plain: it knows nothing of how the connector works. */
export function judge(town: Doings, evidence: Evidence): readonly Finding[] {
  return [
    ...judgePosts(town, evidence),
    ...judgeCases(town, evidence),
    ...judgeReplies(town, evidence),
    ...judgeWords(town, evidence),
    ...judgeDecisions(town, evidence),
    ...judgeTasks(town, evidence),
    ...evidence.parked.map((detail): Finding => ({ kind: "parked", detail, during: [] })),
    ...(evidence.lag === 0 ? [] : [{ kind: "lagging", detail: `${evidence.lag} entries`, during: [] } as const]),
  ];
}

const text = (row: Row | undefined, field: string): string => String(row?.[field] ?? "");

function living(rows: readonly Row[]): readonly Row[] {
  return rows.filter((row) => row["IsDeleted"] === 0);
}

function byKey(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(living(rows), (row) => text(row, "External_Key__c"));
}

function judgePosts({ said }: Doings, { posts, network }: Evidence): readonly Finding[] {
  const rows = byKey(posts);
  const lost = said.flatMap((one): Finding[] => {
    const offered = network.get(one.key);
    if (!one.isForUs || offered === undefined) return [];
    const row = rows.get(one.key)?.[0];
    const shown = text(row, one.isPrivate ? "Private_Text__c" : "Text__c");
    const newest = one.words.at(-1) ?? "";
    if (shown.includes(newest) && row?.["Deleted_At__c"] === null) return [];
    const why = row === undefined ? "is not in the CRM" : "is not there in its newest version";
    return [{ kind: "posts lost", detail: `${one.key} (${newest}) ${why}`, during: [...one.during] }];
  });
  const doubled = [...rows].flatMap(([key, some]): Finding[] =>
    some.length > 1 ? [{ kind: "posts doubled", detail: key, during: [] }] : [],
  );
  return [...lost, ...doubled];
}

function judgeCases(town: Doings, { posts, cases, network }: Evidence): readonly Finding[] {
  const rows = byKey(posts);
  const standing = new Set(living(cases).map((row) => text(row, "Id")));
  const caseOf = (one: Said): string => text(rows.get(one.key)?.[0], "Case__c");
  const asking = town.said.filter(
    (one) => one.asks && network.has(one.key) && !isDismissed(town, rows.get(one.key)?.[0]),
  );
  const findings: Finding[] = [];
  for (const [group, some] of Map.groupBy(asking, (one) => (isTornOff(one) ? one.key : toGroup(one)))) {
    const during = some.flatMap((one) => [...one.during]);
    for (const one of some)
      if (!standing.has(caseOf(one)))
        findings.push({ kind: "Cases lost", detail: `${one.key} stands on no Case`, during });
    const several = new Set(some.map(caseOf));
    if (several.size > 1)
      findings.push({ kind: "Cases doubled", detail: `${group} stands on ${[...several].join(", ")}`, during });
  }
  return [...findings, ...judgeCaseCount(town, { cases, posts })];
}

function isDismissed({ decisions }: Doings, row: Row | undefined): boolean {
  return decisions.get(`${text(row, "Id")}.Needs_Response__c`)?.value === false;
}

/** With a deleted post between it and its thread's root, a network shows it by itself: where it is told after that. */
function isTornOff({ parent }: Said): boolean {
  return parent !== undefined && (parent.isGone || isTornOff(parent));
}

/** Of each customer at most one Case for each conversation in which they asked for something. */
function judgeCaseCount(town: Doings, { cases }: Pick<Evidence, "cases" | "posts">): readonly Finding[] {
  const ours = living(cases).filter((row) => row["Origin"] === "Social");
  const keys = Map.groupBy(ours, (row) => text(row, "Social_Case_Key__c"));
  const asked = new Set(town.said.filter(({ asks }) => asks).map((one) => (isTornOff(one) ? one.key : toGroup(one))))
    .size;
  const most: Finding[] =
    ours.length > asked
      ? [{ kind: "Cases doubled", detail: `${ours.length} Cases for ${asked} conversations`, during: [] }]
      : [];
  const second = [...keys].flatMap(([key, some]): Finding[] =>
    some.length > 1 || !key.endsWith("|1")
      ? [{ kind: "Cases doubled", detail: `${some.length} × ${key}`, during: [] }]
      : [],
  );
  return [...most, ...second];
}

function judgeReplies({ answers, company }: Doings, { replies, network, posts }: Evidence): readonly Finding[] {
  const ours = [...network].filter(([, { author }]) => author === company.person.handle);
  const published = Map.groupBy(
    ours.flatMap(([key, one]) => findWords(one.text).map((found) => ({ key, found }))),
    ({ found }) => found,
  );
  const rows = new Map(replies.map((row) => [text(row, "Id"), row]));
  const standing = byKey(posts);
  return answers.flatMap(({ id, word, during: kills }): Finding[] => {
    const during = [...kills];
    const row = rows.get(id);
    const status = text(row, "Status__c");
    const out = published.get(word) ?? [];
    const say = (kind: Kind): Finding => ({
      kind,
      detail: `${id} (${word}) is ${status}, published ${out.length} times`,
      during,
    });
    if (out.length > 1) return [say("replies doubled")];
    if (status === "Checking") return [say("Checking")];
    if (status === "Sent" && out.length === 0) return [say("falsely Sent")];
    if (status === "Failed" && out.length > 0) return [say("falsely Failed")];
    const stands = out.every(({ key }) => standing.get(key)?.[0]?.["Direction__c"] === "Outbound");
    return ["Sent", "Failed"].includes(status) && stands ? [] : [say("replies lost")];
  });
}

/** Deleted and replaced words may stand nowhere, private ones in their own field only. */
function judgeWords({ said }: Doings, { words, network }: Evidence): readonly Finding[] {
  const owner = new Map(said.flatMap((one) => one.words.map((word) => [word, one] as const)));
  return words.flatMap(({ where, word }): Finding[] => {
    const one = owner.get(word);
    if (one === undefined) return [];
    const during = [...one.during];
    if (!network.has(one.key) || word !== one.words.at(-1))
      return [{ kind: "text that should be gone", detail: `${word} of ${one.key} in ${where}`, during, post: one.key }];
    const isOpen = one.isPrivate && !/Private_Text__c|^journal/.test(where);
    return isOpen ? [{ kind: "private words in the open", detail: `${word} in ${where}`, during }] : [];
  });
}

function judgeDecisions(town: Doings, evidence: Evidence): readonly Finding[] {
  const rows = new Map(
    [...evidence.posts, ...evidence.cases, ...evidence.personas].map((row) => [text(row, "Id"), row] as const),
  );
  const changed = [...town.decisions.values()].flatMap(({ id, object, field, value, during }): Finding[] => {
    const is = rows.get(id)?.[field];
    const wanted = typeof value === "boolean" ? Number(value) : value;
    if (is === wanted || rows.get(id)?.["IsDeleted"] === 1) return [];
    const detail = `${object}.${field} of ${id} is ${String(is)}, a rep made it ${String(value)}`;
    return [{ kind: "reps' fields changed", detail, during: [during] }];
  });
  return [...changed, ...judgeClosings(town, evidence), ...judgeLinks(town, evidence)];
}

/** A stamp of the org has whole seconds. */
const SECOND_MS = 1000;

/** A Case that a rep closed stays closed, unless something was asked on it afterwards. */
function judgeClosings({ closings, said }: Doings, { cases, posts }: Evidence): readonly Finding[] {
  const rows = new Map(cases.map((row) => [text(row, "Id"), row] as const));
  const asking = new Set(said.filter(({ asks }) => asks).map(({ key }) => key));
  const asked = Map.groupBy(
    posts.filter((row) => asking.has(text(row, "External_Key__c"))),
    (row) => text(row, "Case__c"),
  );
  return [...closings.values()].flatMap(({ caseId, atMs, during }): Finding[] => {
    if (text(rows.get(caseId), "Status") === "Closed") return [];
    // Said before, but in the CRM only since: no rep can have seen it.
    const isNews = (row: Row): boolean => Number(row["CreatedDate"]) >= atMs - 2 * SECOND_MS;
    if (asked.get(caseId)?.some(isNews) === true) return [];
    const detail = `Case ${caseId} is ${text(rows.get(caseId), "Status")}, a rep closed it and nothing was asked since`;
    return [{ kind: "reps' fields changed", detail, during: [during] }];
  });
}

/** Whom a person named is the one on everything that persona said. */
function judgeLinks({ decisions, said }: Doings, { posts }: Evidence): readonly Finding[] {
  const ours = new Map(said.map((one) => [one.key, one]));
  return living(posts).flatMap((row): Finding[] => {
    const one = ours.get(text(row, "External_Key__c"));
    const decided = decisions.get(`${text(row, "Persona__c")}.Contact__c`);
    if (one === undefined || decided === undefined || row["Deleted_At__c"] !== null) return [];
    if (row["Contact__c"] === decided.value) return [];
    const detail = `${one.key} has the Contact ${text(row, "Contact__c")}, a rep decided on ${String(decided.value)}`;
    return [{ kind: "reps' fields changed", detail, during: [decided.during, ...one.during] }];
  });
}

/** One activity for each public post of somebody known from the start, never two for any. */
function judgeTasks({ said }: Doings, { tasks, network }: Evidence): readonly Finding[] {
  const byPost = Map.groupBy(living(tasks), (row) => text(row, "Social_Post_Key__c"));
  const doubled = [...byPost].flatMap(([key, some]): Finding[] =>
    key !== "" && some.length > 1 ? [{ kind: "Tasks doubled", detail: `${some.length} for ${key}`, during: [] }] : [],
  );
  const strays = (byPost.get("") ?? []).filter((row) => /Mastodon/i.test(text(row, "Subject")));
  const lost = said
    .filter((one) => one.by.kind === "linked" && one.isForUs && network.has(one.key) && !byPost.has(one.key))
    .map((one): Finding => ({ kind: "Tasks lost", detail: `none for ${one.key}`, during: [...one.during] }));
  const stray = strays.map((row): Finding => ({
    kind: "Tasks doubled",
    detail: `${text(row, "Id")} has no post`,
    during: [],
  }));
  return [...doubled, ...stray, ...lost];
}
