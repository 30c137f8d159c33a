import type { Chance } from "./random.ts";

/** Written into the JSON as it is: what no value of ours would be written as. */
const RAW = Symbol("raw");
/** Members that stand behind the others, and may have the same names. */
const AGAIN = Symbol("again");

const raw = (text: string): object => ({ [RAW]: text });

const NAMES: readonly [string, ...string[]] = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "",
  "\u0000",
  "id",
  "type",
  "text",
];
const DEEP = 5000;

/** Values that somebody did not think of. */
const ODD: readonly [() => unknown, ...(() => unknown)[]] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => "",
  () => " ",
  () => [],
  () => ({}),
  () => raw("1e400"),
  () => raw("-0"),
  () => raw("9".repeat(5000)),
  () => raw("NaN"),
  () => raw("{} {}"),
  () => raw('"\\ud800"'),
  () => raw('"\\u0000\\u202e\\ufeff"'),
  () => raw("[".repeat(DEEP) + "]".repeat(DEEP)),
  () => raw('{"a":'.repeat(DEEP) + "1" + "}".repeat(DEEP)),
  () => raw('{"__proto__":{"isAdmin":true}}'),
  () => "x".repeat(200_000),
  () => "e\u0301".repeat(300),
  () => "🧳".repeat(101),
  () => "javascript:alert(1)",
  () => "https://",
  () => "https://user:pass@host.example:99999/",
  () => "https://exa\nmple.com/\u0000",
  () => "file:///etc/passwd",
  () => "9999-12-31T23:59:59Z",
  () => "0000-01-01T00:00:00Z",
  () => "2026-02-30T00:00:00Z",
  () => "2026-03-02T08:30:60Z",
  () => `2026-03-02T08:30:00.${"1".repeat(5000)}Z`,
  () => "2026-03-02T08:30:00+23:59",
  () => "a#1",
  () => "a|b|1",
  () => "../../etc",
  () => "%23",
  () => "posted",
  () => "signal",
  () => "outbound",
  () => Array.from({ length: 1001 }, () => 1),
  () => Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, index])),
];

type Node = Record<string | symbol, unknown>;

/** A body of which some places are other than they should be, as text. */
export function mutateJson(body: object, chance: Chance): string {
  const tree = structuredClone(body) as Node;
  for (let n = chance.below(3); n >= 0; n--) mutateOne(chance.pick(toNodes(tree)), chance);
  return write(tree);
}

/** Every object and list within, the tree itself first. */
function toNodes(tree: Node): [Node, ...Node[]] {
  const within = Object.values(tree).filter((value): value is Node => typeof value === "object" && value !== null);
  return [tree, ...within.flatMap(toNodes)];
}

function mutateOne(node: Node, chance: Chance): void {
  const keys = Object.keys(node);
  const key = keys[chance.below(keys.length)] ?? "0";
  switch (chance.below(6)) {
    case 0:
      Reflect.deleteProperty(node, key);
      break;
    case 1:
      define(node, chance.pick(NAMES), chance.pick(ODD)());
      break;
    case 2:
      define(node, chance.pick(NAMES), node[key]);
      break;
    case 3:
      define(node, key, { [key]: node[key] });
      break;
    case 4:
      node[AGAIN] = [key, chance.pick(ODD)()];
      break;
    default:
      define(node, key, chance.pick(ODD)());
  }
}

function define(node: Node, key: string, value: unknown): void {
  Object.defineProperty(node, key, { value, enumerable: true, configurable: true, writable: true });
}

function write(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const { [RAW]: text, [AGAIN]: again } = value as Node;
  if (typeof text === "string") return text;
  if (Array.isArray(value)) return `[${Array.from(value, write).join(",")}]`;
  const members = [...Object.entries(value), ...(again === undefined ? [] : [again as [string, unknown]])];
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join(",")}}`;
}
