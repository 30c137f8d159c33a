import type { z } from "zod";

/** What is wrong with an event, and what to do: `remedy` follows the place, as in `author.id: is missing`. */
export interface Fault {
  readonly path: string;
  readonly remedy: string;
}

/** One fault for each place, in words that repeat nothing of what was sent but the names of its members. */
export function toFaults(error: z.ZodError): readonly Fault[] {
  const faults = new Map<string, string>();
  for (const issue of error.issues) {
    const path = toPlace(issue.path);
    if (!faults.has(path)) faults.set(path, issue.message);
  }
  return [...faults].map(([path, remedy]) => ({ path, remedy }));
}

const MOST_NAMES = 5;

/** For what the form says nothing about itself. */
export const toRemedy: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case "unrecognized_keys":
      return `has members that are not known: ${toNames(issue.keys)}. Remove them or mend their spelling`;
    case "invalid_value":
      return `must be ${toChoice(issue.values.map(String))}`;
    case "invalid_union":
      return Array.isArray(issue["options"])
        ? `must be ${toChoice(issue["options"].map(String))}`
        : "is of a kind that is not known";
    case "too_small":
      return `must have ${issue.minimum} at least`;
    case "too_big":
      return `must have ${issue.maximum} ${issue.origin === "string" ? "characters " : ""}at most`;
    default:
      return undefined;
  }
};

const KINDS: Readonly<Record<string, string>> = {
  object: "an object",
  record: "an object",
  array: "a list",
  string: "text",
  number: "a number",
};

function toChoice(options: readonly string[]): string {
  return options.length < 2 ? options.join("") : `${options.slice(0, -1).join(", ")} or ${options.at(-1) ?? ""}`;
}

/** Names come from the sender too: few of them, and short. */
function toNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(name.slice(0, 40).toWellFormed()));
  return names.length > MOST_NAMES ? `${shown.join(", ")} …` : shown.join(", ");
}

/** `media[0].url` */
function toPlace(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part).slice(0, 40).toWellFormed()}`))
    .join("")
    .replace(/^\./, "");
}
