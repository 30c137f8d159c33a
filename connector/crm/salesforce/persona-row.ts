import type { Draft, Identity } from "../../model/draft.ts";
import { toFitting } from "../../model/fitting.ts";
import type { Key } from "../../model/glossary.ts";
import { EARSHOT } from "../../model/memory.ts";
import type { Persona } from "../../model/persona.ts";
import type { Fields } from "./fields.ts";
import { toWhole, type NewRow } from "./post-row.ts";

/**
 * The account as the network shows it; what it does not tell stays as it was told before. Never its link: that is guarded, and
 * written apart.
 */
export function toPersonaRow(f: Fields, persona: Persona): NewRow {
  const { displayName, profileUrl, avatarUrl, followers } = persona;
  return {
    [f.persona.key]: persona.key,
    [f.persona.network]: persona.network,
    [f.persona.handle]: toFitting(persona.handle, 255),
    [f.persona.handleKey]: toFitting(`${persona.network}:${persona.handle.toLowerCase()}`, 255),
    ...(displayName.trim() === "" ? {} : { [f.persona.displayName]: toFitting(displayName, 255) }),
    ...(profileUrl === undefined ? {} : { [f.persona.profileUrl]: toWhole(profileUrl) }),
    ...(avatarUrl === undefined ? {} : { [f.persona.avatarUrl]: toWhole(avatarUrl) }),
    ...(followers === undefined ? {} : { [f.persona.followers]: followers }),
  };
}

/** Guarded: the org refuses it where a person has decided, or where another link stands. */
function toLinkRow(f: Fields, persona: Key, identity: Identity): NewRow {
  const { contact, lead, account } = identity.link;
  return {
    [f.persona.key]: persona,
    [f.persona.identity]: identity.state,
    [f.persona.identityEvidence]: identity.evidence,
    [f.persona.identityScore]: identity.state === "Linked" || identity.state === "Verified" ? 1 : 0.5,
    ...(contact === undefined ? {} : { [f.persona.contact]: contact }),
    ...(lead === undefined ? {} : { [f.persona.lead]: lead }),
    ...(account === undefined ? {} : { [f.persona.account]: account }),
    ...(identity.state === "Suggested" ? {} : { [f.persona.identityDecidedBy]: EARSHOT }),
  };
}

/**
 * By their keys, as the newest drafts show them; versioned: a row refuses an older turn. Of whom only deleted posts tell, nothing
 * but the name is written.
 */
export function toPersonaRows(f: Fields, drafts: readonly Draft[], turn: number): ReadonlyMap<Key, NewRow> {
  const rows = new Map<Key, NewRow>();
  for (const draft of drafts) {
    const { author } = draft.post;
    const row = { ...toPersonaRow(f, author), [f.persona.turn]: turn };
    if (draft.gone === undefined) rows.set(author.key, row);
    else if (!rows.has(author.key)) rows.set(author.key, toBareRow(f, row));
  }
  return rows;
}

function toBareRow({ persona }: Fields, row: NewRow): NewRow {
  const bare: readonly string[] = [persona.key, persona.network, persona.handle, persona.handleKey, persona.turn];
  return Object.fromEntries(Object.entries(row).filter(([field]) => bare.includes(field)));
}

/** Links that were found now, by the key of their persona. */
export function toLinkRows(f: Fields, drafts: readonly Draft[]): ReadonlyMap<Key, NewRow> {
  const found = new Map<Key, NewRow>();
  for (const { post, identity, gone } of drafts) {
    if (identity?.found === true && gone === undefined)
      found.set(post.author.key, toLinkRow(f, post.author.key, identity));
  }
  return found;
}
