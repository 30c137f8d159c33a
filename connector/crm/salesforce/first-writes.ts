import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import { toCaseUpdate, toNewCaseRow } from "./case-row.ts";
import { COLLECTION, toUpsertPath, type Collection } from "./collection.ts";
import { isUnknown, toFirst, toNewest } from "./newest.ts";
import { isGone, isOurRule, isThere } from "./outcome.ts";
import { toPersonaRows } from "./persona-row.ts";
import { toPostRow, type NewRow } from "./post-row.ts";
import type { RecordOptions } from "./record-options.ts";
import { toKnownCaseId, toNewCaseKey } from "./touched-cases.ts";

/** What the first call of a batch writes, in its order. `turn`: the call's. */
export function toFirstWrites(options: RecordOptions, drafts: readonly Draft[], turn: number): readonly Collection[] {
  const { fields: f, settings, fallbackQueue, routes } = options;
  const born = toNewest(drafts).filter(isUnknown);
  const first = new Set(born.filter(({ post, gone }) => post.version === 0 && gone === undefined).map(toKey));
  const earliest = toFirst(drafts);
  const now = options.now();
  const newCases = [...Map.groupBy(drafts, toNewCaseKey)].flatMap(([key, group]): [Key, NewRow][] => {
    const row = toNewCaseRow(f, settings(), group, { fallbackQueue, now, turn });
    return key === undefined || row === undefined ? [] : [[key, row]];
  });
  const changes = [...Map.groupBy(drafts, toKnownCaseId)].flatMap(([id, group]): [string, NewRow][] => {
    const row = toCaseUpdate(f, settings(), group);
    return id === undefined || row === undefined ? [] : [[id, row]];
  });
  const all: readonly Collection[] = [
    {
      ref: "personas",
      method: "PATCH",
      path: toUpsertPath(f.persona.object, f.persona.key),
      type: f.persona.object,
      rows: toPersonaRows(f, drafts, turn),
      isDone: () => false,
      isStale: (error) => isOurRule(error, f.persona.turn),
    },
    {
      ref: "cases",
      method: "POST",
      path: COLLECTION,
      type: "Case",
      rows: new Map(newCases),
      isDone: isThere,
      isStale: (error) => isOurRule(error, f.case.turn),
    },
    {
      ref: "changes",
      method: "PATCH",
      path: COLLECTION,
      type: "Case",
      rows: new Map(changes),
      isDone: isGone,
      // Somebody else's call moved its times on, or it was opened or closed since.
      isStale: (error) => isOurRule(error, f.case.lastInboundAt, f.case.seenClosedAt),
    },
    {
      ref: "posts",
      method: "POST",
      path: COLLECTION,
      type: f.post.object,
      rows: new Map(
        born.map((draft) => [
          draft.post.key,
          { ...toPostRow(f, draft, routes(draft), earliest.get(draft.post.key)), [f.post.turn]: turn },
        ]),
      ),
      // A call that was given up has made the row since: as first posted it stands, else it has to be changed.
      isDone: (error, key) => isThere(error) && first.has(key),
      isStale: (error) => isThere(error) || isOurRule(error, f.post.contact, f.post.turn),
    },
  ];
  return all.filter(({ rows }) => rows.size > 0);
}

const toKey = ({ post }: Draft): Key => post.key;
