import type { Key } from "../../../model/glossary.ts";
import type { Link } from "../../../model/memory.ts";
import type { Fields } from "../fields.ts";
import type { NewRow } from "../post-row.ts";
import { parent, required, text, type Row } from "../rows.ts";

/** Whom a persona no longer stands for, as far as we were told. */
export type Formers = ReadonlyMap<Key, readonly Link[]>;

export const LINK_NAMES = ["contact", "lead", "account"] as const;

/** Of those that were told, whom the personas do not stand for (again). */
export function toFormers(told: Formers, links: ReadonlyMap<Key, Link>): Formers {
  return new Map(
    [...told].map(([persona, all]) => {
      const now = links.get(persona) ?? {};
      const names = (former: Link) =>
        LINK_NAMES.filter((name) => former[name] !== undefined && former[name] !== now[name]);
      return [
        persona,
        all.map((former): Link => Object.fromEntries(names(former).map((name) => [name, former[name]]))),
      ];
    }),
  );
}

/** The lookup of a post. */
export function toField({ post }: Fields, name: keyof Link): string {
  return { contact: post.contact, lead: post.lead, account: post.crmAccount }[name];
}

/** A post that goes from one customer to another one, or to none. */
export interface Move {
  readonly id: string;
  readonly post: Key;
  readonly persona: Key;
  readonly from: Link;
  readonly to: Link;
  readonly row: NewRow;
}

/** undefined: it stands where it should. */
export function toMove(
  f: Fields,
  row: Row,
  { links, formers }: { readonly links: ReadonlyMap<Key, Link>; readonly formers: Formers },
): Move | undefined {
  const persona = text(parent(row, f.post.persona.row), f.persona.key) ?? "";
  const link = links.get(persona) ?? {};
  const was: Partial<Record<keyof Link, string>> = {};
  const is: Partial<Record<keyof Link, string>> = {};
  const changed: Record<string, unknown> = {};
  for (const name of LINK_NAMES) {
    const current = text(row, toField(f, name));
    const isOpen = current === undefined || (formers.get(persona) ?? []).some((former) => former[name] === current);
    const wanted = isOpen ? link[name] : current;
    if (current !== undefined) was[name] = current;
    if (wanted !== undefined) is[name] = wanted;
    if (wanted !== current) changed[toField(f, name)] = wanted ?? null;
  }
  if (Object.keys(changed).length === 0) return undefined;
  const id = required(row, "Id");
  return { id, post: required(row, f.post.key), persona, from: was, to: is, row: { Id: id, ...changed } };
}
