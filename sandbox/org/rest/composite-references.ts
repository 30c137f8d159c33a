import { Refusal } from "../refusal.ts";

const pattern = /@\{(\w+)([^}]*)\}/g;

/** The names of the parts that a value refers to: `@{NewCase.id}` → `NewCase`. */
export function referencesIn(value: unknown): string[] {
  const text = JSON.stringify(value) as string | undefined;
  return [...(text ?? "").matchAll(pattern)].flatMap((match) => match[1] ?? []);
}

/** The value with every `@{name.path[0].more}` in its texts replaced from the answers. Refuses what has no answer. */
export function resolveReferences(value: unknown, answerOf: (name: string) => unknown): unknown {
  if (typeof value === "string") {
    return value.replace(pattern, (_, name: string, path: string) => {
      const found = walk(answerOf(name), path);
      if (typeof found === "string" || typeof found === "number" || typeof found === "boolean") return String(found);
      const message = `Invalid reference specified. No value for ${name}${path} found in ${name}`;
      throw new Refusal("PROCESSING_HALTED", message);
    });
  }
  if (Array.isArray(value)) return value.map((each) => resolveReferences(each, answerOf));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolveReferences(each, answerOf)]));
}

function walk(value: unknown, path: string): unknown {
  let at = value;
  for (const [, name, index] of path.matchAll(/\.(\w+)|\[(\d+)\]/g)) {
    if (typeof at !== "object" || at === null) return undefined;
    at = Reflect.get(at, name ?? index ?? "");
  }
  return at;
}
