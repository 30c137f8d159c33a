import type { FollowedChange } from "../../../model/change.ts";
import type { Link } from "../../../model/memory.ts";
import type { Fields } from "../fields.ts";
import { toIdentityState, toLink } from "../link.ts";
import { parent, text } from "../rows.ts";
import { queryPath } from "../soql.ts";
import type { Look } from "./look.ts";
import { toHistoryQuery, toSaves, type Save } from "./saves.ts";

/** Whom people say that personas stand for. */
export function lookAtPersonas({ persona: p }: Fields, userId: string | undefined): Look {
  const links = { contact: p.contact, lead: p.lead, account: p.account } as const;
  const query = {
    object: p.history,
    fields: [...Object.values(links), p.identity, p.identityDecidedBy],
    parent: [p.key, p.identity, ...Object.values(links)],
    userId,
  };
  return {
    name: "personas",
    stamp: "CreatedDate",
    toPath: (since) => queryPath(toHistoryQuery(query, since)),
    toChanges: (rows) =>
      toSaves(rows, Object.values(links)).flatMap((save): FollowedChange[] => {
        const row = parent(save.row, "Parent");
        const persona = text(row, p.key);
        if (row === undefined || persona === undefined) return [];
        const link = toLink({ contact: text(row, p.contact), lead: text(row, p.lead), account: text(row, p.account) });
        return [
          {
            type: "identity",
            key: save.id,
            at: save.at,
            by: save.by,
            persona,
            state: toIdentityState(text(row, p.identity)),
            link,
            before: toBefore(links, save, link),
          },
        ];
      }),
  };
}

/** The link as it was: what was not changed is as it stands. */
function toBefore(fields: Readonly<Record<keyof Link, string>>, { changes }: Save, link: Link): Link {
  const was = (name: keyof Link): string | undefined => {
    const change = changes.get(fields[name]);
    if (change === undefined) return link[name];
    return typeof change.before === "string" ? change.before : undefined;
  };
  return toLink({ contact: was("contact"), lead: was("lead"), account: was("account") });
}
