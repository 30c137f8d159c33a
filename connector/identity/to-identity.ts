import type { Identity } from "../model/draft.ts";
import { EARSHOT, type Candidate, type KnownPersona, type Link, type Memory } from "../model/memory.ts";

/**
 * Who the customer is, by first-party evidence only. A link or a refusal that a person decided stands; without one, a
 * handle that exactly one record carries links; a handle on several records suggests, and links nobody.
 */
export function toIdentity({ persona, candidates }: Pick<Memory, "persona" | "candidates">): Identity {
  if (persona !== undefined && isLinked(persona.link)) return toKnownIdentity(persona);
  if (persona?.decidedBy !== undefined && persona.decidedBy !== EARSHOT) {
    return toAnonymous(`${persona.decidedBy} decided that it is nobody on record.`);
  }
  const people = Map.groupBy(candidates, ({ link }) => toPerson(link));
  const [only] = people.values();
  if (only?.[0] === undefined) return toAnonymous("Nobody on record has this handle.");
  if (people.size > 1) {
    const evidence = `Handle on ${people.size} records: ${toFields(candidates)}`;
    return { state: "Suggested", link: {}, evidence, found: persona?.identity !== "Suggested" };
  }
  return { state: "Linked", link: only[0].link, evidence: `Handle on record: ${toFields(only)}`, found: true };
}

/** Does it stand for anybody? */
export function isLinked({ contact, lead, account }: Link): boolean {
  return (contact ?? lead ?? account) !== undefined;
}

function toKnownIdentity({ identity, link, decidedBy }: KnownPersona): Identity {
  const state = identity === "Verified" ? "Verified" : "Linked";
  const evidence = decidedBy === undefined ? "Linked in the CRM." : `Linked in the CRM by ${decidedBy}.`;
  return { state, link, evidence, found: false };
}

function toAnonymous(evidence: string): Identity {
  return { state: "Anonymous", link: {}, evidence, found: false };
}

/** The record that a link is about. A Contact brings its Account along, so the Account alone is the weakest name. */
function toPerson({ contact, lead, account }: Link): string | undefined {
  return contact ?? lead ?? account;
}

function toFields(candidates: readonly Candidate[]): string {
  return [...new Set(candidates.map(({ field }) => field))].sort().join(", ");
}
