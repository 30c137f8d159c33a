import { FetchError } from "./org-api.ts";

interface FieldProblem {
  readonly message?: string;
}

interface Body {
  readonly message?: string;
  readonly output?: {
    readonly errors?: readonly FieldProblem[];
    readonly fieldErrors?: Readonly<Record<string, readonly FieldProblem[]>>;
  };
}

/** Why the org refused a write: for the whole record, and by field. */
export interface WriteProblem {
  readonly messages: readonly string[];
  readonly byField: Readonly<Record<string, string>>;
}

export function toWriteProblem(error: unknown): WriteProblem {
  if (!(error instanceof FetchError)) return { messages: ["The org did not answer. Try again."], byField: {} };
  const { message, output } = (error.body ?? {}) as Body;
  const byField = Object.fromEntries(
    Object.entries(output?.fieldErrors ?? {}).map(([field, problems]) => [
      field,
      problems.map((p) => p.message).join(" "),
    ]),
  );
  const general = (output?.errors ?? []).map((problem) => problem.message ?? "").filter((text) => text !== "");
  if (general.length > 0 || Object.keys(byField).length > 0) return { messages: general, byField };
  return { messages: [message ?? "The org refused the change."], byField };
}

export function problemSentence(error: unknown): string {
  const { messages, byField } = toWriteProblem(error);
  return [...messages, ...Object.values(byField)].join(" ");
}
