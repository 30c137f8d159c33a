import type { PostForm } from "./schema.ts";

type Signal = Extract<PostForm, { kind: "signal" }>["signal"];

/** What happened, for people to read: `Abandoned cart: value 129.90 EUR, items 3.` */
export function toSentence({ name, facts = {} }: Signal): string {
  const told = Object.entries(facts).map(([fact, value]) => `${fact} ${toWord(value)}`);
  const start = name.slice(0, 1).toUpperCase() + name.slice(1);
  return told.length === 0 ? `${start}.` : `${start}: ${told.join(", ")}.`;
}

function toWord(value: string | number | boolean): string {
  if (typeof value !== "boolean") return String(value);
  return value ? "yes" : "no";
}
