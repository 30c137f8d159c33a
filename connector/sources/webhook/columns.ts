import { Misconfigured } from "../../errors.ts";

/** Members of an event as columns of a table; a dot leads to what lies within. */
const COLUMNS: readonly string[] = [
  "type",
  "id",
  "kind",
  "postedAt",
  "editedAt",
  "at",
  "from",
  "text",
  "author.id",
  "author.handle",
  "author.name",
  "author.profileUrl",
  "author.avatarUrl",
  "signal.name",
  "conversation",
  "parent",
  "direction",
  "visibility",
  "sourceClass",
  "network",
  "language",
  "url",
];
/** What follows is a fact's name. */
const FACT = "signal.facts.";

/**
 * How a table with these columns is read: the cells of a row as the form of an event, empty ones left out; without a type it
 * is "posted". Throws `Misconfigured` where a column is not known or there twice.
 */
export function toRowReader(header: readonly string[]): (cells: readonly string[]) => unknown {
  const columns = header.map((column) => column.trim());
  const strange = columns.filter((column) => !COLUMNS.includes(column) && !column.startsWith(FACT));
  if (strange.length > 0)
    throw new Misconfigured(
      `The first line must name the columns, and these are not known: ${strange.slice(0, 5).join(", ") || "(empty)"}. There are ` +
        `${COLUMNS.join(", ")}, and ${FACT}NAME`,
    );
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined) throw new Misconfigured(`The column ${twice} is there twice: remove one`);
  return (cells) => toForm(columns.map((column, index) => [column, cells[index] ?? ""]));
}

function toForm(cells: readonly (readonly [column: string, cell: string])[]): unknown {
  const full = cells.filter(([, cell]) => cell.trim() !== "");
  const within = (prefix: string): Readonly<Record<string, string>> => {
    const found = full.filter(([column]) => column.startsWith(prefix));
    return Object.fromEntries(found.map(([column, cell]) => [column.slice(prefix.length), cell]));
  };
  const members: Readonly<Record<string, string>> = Object.fromEntries(
    full.filter(([column]) => !column.includes(".")),
  );
  const [author, facts, name] = [within("author."), within(FACT), within("signal.")["name"]];
  return {
    type: "posted",
    ...members,
    ...(isEmpty(author) ? {} : { author }),
    ...(name === undefined && isEmpty(facts) ? {} : { signal: { ...(name === undefined ? {} : { name }), facts } }),
  };
}

function isEmpty(members: object): boolean {
  return Object.keys(members).length === 0;
}
