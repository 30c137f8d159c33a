import type { FollowedChange } from "../../../model/change.ts";
import type { Fields } from "../fields.ts";
import { number, parent, text } from "../rows.ts";
import { queryPath } from "../soql.ts";
import type { Look } from "./look.ts";
import { toHistoryQuery, toSaves, type Change } from "./saves.ts";

/** What people made of posts: labels corrected, put on a Case or taken off it. */
export function lookAtPosts({ post: p }: Fields, userId: string | undefined): Look {
  const query = {
    object: p.history,
    fields: [p.case.id, p.sentiment, p.intent, p.topics, p.needsResponse],
    parent: [p.key, p.version, p.case.id],
    userId,
  };
  return {
    name: "posts",
    stamp: "CreatedDate",
    toPath: (since) => queryPath(toHistoryQuery(query, since)),
    toChanges: (rows) =>
      toSaves(rows, [p.case.id]).flatMap(({ id, at, by, row, changes }): FollowedChange[] => {
        const parentRow = parent(row, "Parent");
        const post = text(parentRow, p.key);
        if (post === undefined) return [];
        const version = number(parentRow, p.version) ?? 0;
        const caseId = text(parentRow, p.case.id);
        const labels = toLabels({ post: p }, changes);
        const moved = changes.get(p.case.id);
        return [
          ...(moved === undefined
            ? []
            : [{ type: "case", key: `${id}/case`, at, by, post, caseId: toText(moved) } as const]),
          ...(Object.keys(labels).length === 0
            ? []
            : [{ type: "labels", key: `${id}/labels`, at, by, post, version, caseId, ...labels } as const]),
        ];
      }),
  };
}

/** What was emptied is empty text. */
function toLabels({ post: p }: Pick<Fields, "post">, changes: ReadonlyMap<string, Change>) {
  const [sentiment, intent, topics, needsResponse] = [p.sentiment, p.intent, p.topics, p.needsResponse].map((field) =>
    changes.get(field),
  );
  return {
    ...(sentiment === undefined ? {} : { sentiment: toText(sentiment) ?? "" }),
    ...(intent === undefined ? {} : { intent: toText(intent) ?? "" }),
    ...(topics === undefined ? {} : { topics: (toText(topics) ?? "").split(";").filter((topic) => topic !== "") }),
    ...(needsResponse === undefined ? {} : { needsResponse: needsResponse.after === true }),
  };
}

const toText = ({ after }: Change): string | undefined => (typeof after === "string" ? after : undefined);
