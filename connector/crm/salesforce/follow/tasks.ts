import type { Key } from "../../../model/glossary.ts";
import type { Link } from "../../../model/memory.ts";
import type { NewRow } from "../post-row.ts";
import { required, text, type Row } from "../rows.ts";
import { isIn } from "../soql.ts";
import { TASK_SUBJECT } from "../task-row.ts";
import type { Formers, Move } from "./move.ts";
import { readAll, type FollowOptions } from "./options.ts";

const TAKEN_OFF = "Taken off: somebody else wrote this";
/** Keys in one query: it may be 100,000 characters long. */
const KEYS = 200;

export interface Handover {
  readonly moves: readonly Move[];
  /** An activity may stand with another one of them than its post: one went along, and the other was cut off. */
  readonly formers: Formers;
}

/**
 * The activities of posts that change hands go along. Where nobody is known any more, they leave every timeline, and our
 * words leave them. One that a person gave to somebody else stays there. By their posts' keys; each says from whom it is
 * taken: a rule refuses it where somebody else has it by then.
 */
export async function toTaskRows(
  options: FollowOptions,
  { moves, formers }: Handover,
  signal: AbortSignal,
): Promise<ReadonlyMap<Key, NewRow>> {
  const { task } = options.fields;
  const byPost = new Map(
    moves.filter(({ from, to }) => toWho(from) !== toWho(to)).map((move) => [move.post, move] as const),
  );
  const keys = [...byPost.keys()];
  const queries = Object.fromEntries(
    Array.from({ length: Math.ceil(keys.length / KEYS) }, (_, index) => {
      const some = isIn(task.postKey, keys.slice(index * KEYS, (index + 1) * KEYS));
      return [`tasks${index}`, `SELECT Id, ${task.postKey}, WhoId, Subject FROM Task WHERE ${some}`];
    }),
  );
  const rows = Object.values(await readAll(options, queries, signal)).flat();
  return new Map(
    rows.flatMap((row): (readonly [Key, NewRow])[] => {
      const move = byPost.get(text(row, task.postKey) ?? "");
      const who = text(row, "WhoId");
      if (move === undefined || who === undefined || !isWith(who, [move.from, ...(formers.get(move.persona) ?? [])]))
        return [];
      return [
        [
          move.post,
          { Id: required(row, "Id"), [task.takenFrom]: who, [task.seenLength]: null, ...toHands(row, move.to) },
        ],
      ];
    }),
  );
}

/** A Lead's task is about nothing else, Salesforce refuses it. */
function toHands(row: Row, { contact, lead }: Link): NewRow {
  if (contact !== undefined) return { WhoId: contact };
  if (lead !== undefined) return { WhoId: lead, WhatId: null };
  return { WhoId: null, WhatId: null, ...(isOurs(row) ? { Subject: TAKEN_OFF, Description: null } : {}) };
}

/** Does it still say what we wrote? */
function isOurs(row: Row): boolean {
  return (text(row, "Subject") ?? "").startsWith(TASK_SUBJECT);
}

function isWith(who: string, links: readonly Link[]): boolean {
  return links.some((link) => toWho(link) === who);
}

function toWho({ contact, lead }: Link): string | undefined {
  return contact ?? lead;
}
