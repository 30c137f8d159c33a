import type { Key } from "../../../model/glossary.ts";
import type { Link } from "../../../model/memory.ts";
import { toUnseen } from "../case-words.ts";
import type { Fields } from "../fields.ts";
import { toLink, toLinkColumns, toPersonaLink } from "../link.ts";
import { toFirstFailure, type RowOutcome } from "../outcome.ts";
import type { NewRow } from "../post-row.ts";
import { parent, required, text, type Row } from "../rows.ts";
import { isIn } from "../soql.ts";
import { LINK_NAMES, toField, toFormers, toMove, type Formers, type Move } from "./move.ts";
import { readAll, type FollowOptions } from "./options.ts";
import { toTaskRows } from "./tasks.ts";
import { change } from "./write.ts";

/**
 * Posts, activities and open Cases of these personas agree with whom the personas stand for *now*: what is empty is filled, what
 * leads to one of those `told` to be former is changed. What became of each persona's rows, by its key.
 */
export async function agreeWithPersonas(
  options: FollowOptions,
  told: Formers,
  signal: AbortSignal,
): Promise<ReadonlyMap<Key, RowOutcome>> {
  const { fields: f } = options;
  const { personas, cases, leads } = await readAll(options, toFirstQueries(f, told), signal);
  const links = new Map(personas.map((row) => [required(row, f.persona.key), toPersonaLink(f, row)]));
  const formers = toFormers(withConverted(told, leads), links);
  const converted = personas.map((row) => toConvertedRow(f, row)).filter((row) => row !== undefined);
  const { posts } = await readAll(options, { posts: toPostQuery(f, links, [...formers.values()].flat()) }, signal);
  const moves = posts.flatMap((row) => toMove(f, row, { links, formers }) ?? []);
  const tasks = await toTaskRows(options, { moves, formers }, signal);
  const filled = cases.flatMap((row): NewRow[] => {
    const contact = links.get(personaOf(f, row))?.contact;
    return contact === undefined ? [] : [{ Id: required(row, "Id"), ContactId: contact, ...toUnseen(f) }];
  });
  // The persona first: a post follows no other one. The activities before the posts, which tell what is left to do.
  const first = await change(
    options,
    [
      { object: f.persona.object, rows: converted },
      { object: "Task", rows: [...tasks.values()] },
    ],
    signal,
  );
  const taskOf = ({ post }: Move): RowOutcome => first.get(text(tasks.get(post), "Id") ?? "");
  const second = await change(
    options,
    [
      { object: f.post.object, rows: moves.filter((move) => taskOf(move) === undefined).map(({ row }) => row) },
      { object: "Case", rows: filled },
    ],
    signal,
  );
  const outcomes = (persona: Key, row: Row): RowOutcome => {
    const its = moves.filter((move) => move.persona === persona);
    const ofCases = cases.filter((one) => personaOf(f, one) === persona);
    return toFirstFailure(
      first.get(required(row, "Id")),
      ...its.flatMap((move) => [taskOf(move), second.get(move.id)]),
      ...ofCases.map((one) => second.get(required(one, "Id"))),
    );
  };
  return new Map(
    personas.map((row) => {
      const key = required(row, f.persona.key);
      return [key, outcomes(key, row)];
    }),
  );
}

function toFirstQueries(f: Fields, told: Formers) {
  const { persona } = f;
  const keys = [...told.keys()];
  const leads = [...told.values()].flat().flatMap(({ lead }) => lead ?? []);
  const ofPersona = `${f.case.persona.row}.${persona.key}`;
  return {
    personas: `SELECT Id, ${[persona.key, ...toLinkColumns(f)].join(", ")} FROM ${persona.object} WHERE ${isIn(persona.key, keys)}`,
    cases: `SELECT Id, ${ofPersona} FROM Case WHERE ${isIn(ofPersona, keys)} AND IsClosed = false AND ContactId = null`,
    leads: `SELECT Id, ConvertedContactId, ConvertedAccountId FROM Lead WHERE ${isIn("Id", leads)} AND IsConverted = true`,
  };
}

/** Whom a Lead became is as much a former one as the Lead: the org has moved its activities there. */
function withConverted(told: Formers, leads: readonly Row[]): Formers {
  const became = new Map(
    leads.map((row): [string, Link] => [
      required(row, "Id"),
      toLink({ contact: text(row, "ConvertedContactId"), lead: undefined, account: text(row, "ConvertedAccountId") }),
    ]),
  );
  const toAll = (links: readonly Link[]) => links.flatMap((link) => [link, became.get(link.lead ?? "") ?? []].flat());
  return new Map([...told].map(([persona, links]) => [persona, toAll(links)]));
}

/** The Contact and the Account of a Lead that was converted go beside the Lead. */
function toConvertedRow(f: Fields, row: Row): NewRow | undefined {
  const { contact, account } = toPersonaLink(f, row);
  const filled: NewRow = {
    ...(contact === text(row, f.persona.contact) ? {} : { [f.persona.contact]: contact }),
    ...(account === text(row, f.persona.account) ? {} : { [f.persona.account]: account }),
  };
  return Object.keys(filled).length === 0 ? undefined : { Id: required(row, "Id"), ...filled };
}

function toPostQuery(f: Fields, links: ReadonlyMap<Key, Link>, formers: readonly Link[]): string {
  const { post, persona } = f;
  const ofPersona = `${post.persona.row}.${persona.key}`;
  const columns = [post.key, post.contact, post.lead, post.crmAccount, ofPersona];
  const wrong = LINK_NAMES.flatMap((name) => {
    const field = toField(f, name);
    const empty = [...links.values()].some((link) => link[name] !== undefined) ? [`${field} = null`] : [];
    return [
      isIn(
        field,
        formers.flatMap((former) => former[name] ?? []),
      ),
      ...empty,
    ];
  });
  return (
    `SELECT Id, ${columns.join(", ")} FROM ${post.object}` +
    ` WHERE ${isIn(ofPersona, links.keys())} AND ${post.direction} = 'Inbound' AND (${wrong.join(" OR ")}) ORDER BY Id`
  );
}

function personaOf(f: Fields, row: Row): Key {
  return text(parent(row, f.case.persona.row), f.persona.key) ?? "";
}
