import { isBlank, isTime, type Kind, type Term, type Value } from "./value.ts";

/** A function over terms that are ready to run. Those that need the field itself (ISCHANGED …) stand in compile.ts. */
export interface FormulaFunction {
  readonly least: number;
  readonly most: number;
  readonly toTerm: (args: readonly Term[]) => Term;
}

const many = Number.POSITIVE_INFINITY;
const day = 86_400_000;

/** A function of so many arguments whose result depends on their values alone. */
function pure(count: number, kind: Kind, apply: (...values: Value[]) => Value): FormulaFunction {
  return {
    least: count,
    most: count,
    toTerm: (args) => ({ kind, run: (setting) => apply(...args.map((arg) => arg.run(setting))) }),
  };
}

/** The first argument unless it is blank, else the second. */
const orElse: FormulaFunction = {
  least: 2,
  most: 2,
  toTerm: ([first, second]) => ({
    kind: kindOf(first, second),
    run: (setting) => {
      const value = first?.run(setting) ?? null;
      return isBlank(value) ? (second?.run(setting) ?? null) : value;
    },
  }),
};

const text = (value: Value | undefined): string => String(value ?? "");

export const functions: Readonly<Record<string, FormulaFunction>> = {
  AND: {
    least: 1,
    most: many,
    toTerm: (args) => ({ kind: "boolean", run: (setting) => args.every((arg) => arg.run(setting) === true) }),
  },
  OR: {
    least: 1,
    most: many,
    toTerm: (args) => ({ kind: "boolean", run: (setting) => args.some((arg) => arg.run(setting) === true) }),
  },
  NOT: pure(1, "boolean", (value) => value !== true),
  IF: {
    least: 3,
    most: 3,
    toTerm: ([test, yes, no]) => ({
      kind: kindOf(yes, no),
      run: (setting) => (test?.run(setting) === true ? yes : no)?.run(setting) ?? null,
    }),
  },
  CASE: { least: 4, most: many, toTerm: toCase },
  ISBLANK: pure(1, "boolean", (value) => isBlank(value ?? null)),
  ISNULL: pure(1, "boolean", (value) => isBlank(value ?? null)),
  ISPICKVAL: pure(2, "boolean", (value, wanted) => text(value) === text(wanted)),
  LEN: pure(1, "number", (value) => text(value).length),
  BEGINS: pure(2, "boolean", (value, start) => text(value).startsWith(text(start))),
  CONTAINS: pure(2, "boolean", (value, part) => text(value).includes(text(part))),
  SUBSTITUTE: pure(3, "text", (value, old, fresh) => text(value).replaceAll(text(old), () => text(fresh))),
  UPPER: pure(1, "text", (value) => text(value).toUpperCase()),
  VALUE: pure(1, "number", (value) => (isBlank(value ?? null) || Number.isNaN(Number(value)) ? null : Number(value))),
  NULLVALUE: orElse,
  BLANKVALUE: orElse,
  TEXT: {
    least: 1,
    most: 1,
    toTerm: ([arg]) => ({ kind: "text", run: (setting) => toText(arg?.kind, arg?.run(setting) ?? null) }),
  },
  NOW: { least: 0, most: 0, toTerm: () => ({ kind: "datetime", run: (setting) => setting.now }) },
  TODAY: { least: 0, most: 0, toTerm: () => ({ kind: "date", run: (setting) => setting.now - (setting.now % day) }) },
};

/** CASE(value, when, then, …, else) */
function toCase(args: readonly Term[]): Term {
  const [subject, ...rest] = args;
  const otherwise = rest.pop();
  return {
    kind: kindOf(rest[1], otherwise),
    run: (setting) => {
      const value = subject?.run(setting) ?? null;
      for (let at = 0; at + 1 < rest.length; at += 2) {
        if (rest[at]?.run(setting) === value) return rest[at + 1]?.run(setting) ?? null;
      }
      return otherwise?.run(setting) ?? null;
    },
  };
}

function kindOf(first: Term | undefined, second: Term | undefined): Kind {
  const kind = first?.kind ?? "null";
  return kind === "null" ? (second?.kind ?? "null") : kind;
}

function toText(kind: Kind | undefined, value: Value): string {
  if (typeof value !== "number" || kind === undefined || !isTime(kind)) return text(value);
  const iso = new Date(value).toISOString();
  return kind === "date" ? iso.slice(0, 10) : `${iso.slice(0, 19).replace("T", " ")}Z`;
}
