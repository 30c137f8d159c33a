import { sign, type Wire } from "./delivery.ts";
import type { Chance } from "./random.ts";

type Header = readonly [name: string, value: string];

const ODD: readonly [string, ...string[]] = [
  "",
  " ",
  "0",
  "-1",
  "1e9",
  "Infinity",
  "NaN",
  "9".repeat(400),
  "v1",
  "v1,",
  "v1,AAAA",
  "v1, v1, v1,",
  "v1a,AAAA",
  "v2,AAAA",
  "undefined",
  "null",
  "msg.1",
  "msg_1 ",
  "..",
  "é",
  "\u00ff".repeat(50),
  "x".repeat(5000),
  "v1,AAAA ".repeat(300),
  "[object Object]",
  "identity",
  "gzip",
  "application/json",
  "application/json; charset=utf-8",
  "application/json, application/json",
  "text/plain",
];
const NAMES: readonly [string, ...string[]] = [
  "content-encoding",
  "__proto__",
  "constructor",
  "Webhook-Id",
  "x-forwarded-for",
];

type Change = (headers: readonly Header[], at: number, chance: Chance) => readonly Header[];

const set = (headers: readonly Header[], at: number, change: (value: string) => string): readonly Header[] =>
  headers.map(([name, value], index) => (index === at ? [name, change(value)] : [name, value]));

const drop: Change = (headers, at) => headers.filter((_, index) => index !== at);
const twice: Change = (headers, at) => [...headers, ...headers.slice(at, at + 1)];
const twiceOtherwise: Change = (headers, at, chance) => [...headers, [headers[at]?.[0] ?? "x", chance.pick(ODD)]];
const replace: Change = (headers, at, chance) => set(headers, at, () => chance.pick(ODD));
const lengthen: Change = (headers, at, chance) => set(headers, at, (value) => value + chance.pick(ODD));
const shorten: Change = (headers, at, chance) =>
  set(headers, at, (value) => value.slice(0, chance.below(value.length + 1)));
const turn: Change = (headers, at) => set(headers, at, (value) => value.toUpperCase());
const add: Change = (headers, _, chance) => [...headers, [chance.pick(NAMES), chance.pick(ODD)]];
const spell: Change = (headers, at) =>
  headers.map(([name, value], index) => [index === at ? name.toUpperCase() : name, value]);
const swap: Change = (headers, at) => set(headers, at, () => headers[(at + 1) % headers.length]?.[1] ?? "");
const oneMore: Change = (headers, at) =>
  set(headers, at, (value) => (/^\d+$/.test(value) ? String(Number(value) + 1) : `v1,AAAA ${value}`));

const CHANGES: readonly [Change, ...Change[]] = [
  drop,
  twice,
  twiceOtherwise,
  replace,
  lengthen,
  shorten,
  turn,
  add,
  spell,
  swap,
  oneMore,
];

/** Headers of which one is other than it was. */
export function mutateHeaders({ headers, body }: Wire, chance: Chance): Wire {
  if (headers.length === 0) return { headers, body };
  return { headers: chance.pick(CHANGES)(headers, chance.below(headers.length), chance), body };
}

/** Signed by somebody else, for another time, or with an id that may not be. */
export function signOtherwise(body: Buffer, chance: Chance): Wire {
  const seconds = 1_772_442_000 + chance.pick([-1e9, -301, -300, -299, 0, 299, 300, 301, 1e9]);
  const secret = chance.oneIn(2) ? Buffer.from("somebody else's secret entirely") : undefined;
  const id = chance.pick(["msg_1", "", "a.1", "a b", "é", "x".repeat(256), "x".repeat(257)]);
  return sign(body, { id, seconds, ...(secret === undefined ? {} : { secret }) });
}
