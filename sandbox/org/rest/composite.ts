import { z } from "zod";
import { Refusal } from "../refusal.ts";
import type { Answer, Call, OrgCore, Route } from "../route.ts";
import { referencesIn, resolveReferences } from "./composite-references.ts";

export const compositeRoutes: readonly Route[] = [
  { method: "POST", path: "/composite", kind: "composite", answer: answerComposite },
];

const maxParts = 25;
const maxHeavyParts = 5;

const part = z.object({
  method: z.string(),
  url: z.string(),
  referenceId: z.string().regex(/^[A-Za-z0-9_]+$/),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).default({}),
});
const compositeBody = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().default(true),
  compositeRequest: z.array(part),
});

type Part = z.infer<typeof part>;

/** Thrown to undo the parts before, and caught here. */
class RolledBack extends Error {
  override readonly name = "RolledBack";
}

function answerComposite(call: Call, org: OrgCore): Answer {
  const { compositeRequest: parts, allOrNone, collateSubrequests } = toComposite(call.body);
  const answers = new Map<string, Answer>();
  const run = (): void => {
    for (const each of collateSubrequests ? collate(parts) : parts) {
      const answer = answerPart(call, org, each, answers);
      answers.set(each.referenceId, answer);
      if (allOrNone && answer.status >= 400) throw new RolledBack();
    }
  };
  try {
    org.store.transaction(run);
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    undo(parts, answers);
  }
  const compositeResponse = parts.map(({ referenceId }) => {
    const answer = answers.get(referenceId);
    return { body: answer?.body ?? null, httpHeaders: {}, httpStatusCode: answer?.status ?? 500, referenceId };
  });
  return { status: 200, body: { compositeResponse } };
}

/** A part has headers of its own only: an outer `Sforce-Auto-Assign` does not reach it. */
function answerPart(call: Call, org: OrgCore, each: Part, answers: ReadonlyMap<string, Answer>): Answer {
  const known = (name: string): unknown => {
    const answer = answers.get(name);
    return answer && answer.status < 400 ? answer.body : undefined;
  };
  try {
    const headers = Object.entries(each.httpHeaders).map(([name, value]) => [name.toLowerCase(), value] as const);
    return org.dispatch({
      method: each.method,
      url: String(resolveReferences(each.url, known)),
      body: resolveReferences(each.body, known),
      headers: { ...Object.fromEntries(headers), host: call.headers["host"] ?? "" },
      actor: call.actor,
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, body: [{ errorCode: error.errorCode, message: error.message }] };
  }
}

function toComposite(body: unknown): z.infer<typeof compositeBody> {
  const parsed = compositeBody.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal("JSON_PARSER_ERROR", `${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "not understood"}`);
  }
  const parts = parsed.data.compositeRequest;
  if (parts.length > maxParts) {
    throw new Refusal("LIMIT_EXCEEDED", `The number of subrequests exceeds the limit of ${maxParts}.`);
  }
  if (parts.filter(isHeavy).length > maxHeavyParts) {
    const message = `No more than ${maxHeavyParts} subrequests may be queries or sObject collections.`;
    throw new Refusal("LIMIT_EXCEEDED", message);
  }
  const names = new Set(parts.map((each) => each.referenceId));
  if (names.size < parts.length) throw new Refusal("INVALID_INPUT", "Duplicate reference id specified.");
  return parsed.data;
}

function isHeavy({ url }: Part): boolean {
  return /^\/services\/data\/v[\d.]+\/(query|queryAll|composite\/sobjects)\b/.test(url);
}

const turns = ["POST", "PATCH", "PUT", "DELETE", "GET"];

/**
 * Salesforce may bundle parts and keeps no order unless `collateSubrequests` is false, except that a part comes after
 * those it refers to. Here creates go first and reads last, so that a client who counts on the order is found out.
 */
function collate(parts: readonly Part[]): Part[] {
  const waiting = [...parts].sort((a, b) => turns.indexOf(a.method) - turns.indexOf(b.method));
  const names = new Set(parts.map((each) => each.referenceId));
  const done = new Set<string>();
  const ordered: Part[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex((each) =>
      referencesIn([each.url, each.body]).every((name) => done.has(name) || !names.has(name)),
    );
    const [next] = waiting.splice(Math.max(0, free), 1);
    if (!next) break;
    done.add(next.referenceId);
    ordered.push(next);
  }
  return ordered;
}

/** With `allOrNone` nothing of what succeeded, or was never tried, has happened. */
function undo(parts: readonly Part[], answers: Map<string, Answer>): void {
  const message = "The transaction was rolled back since another operation in the same transaction failed.";
  for (const { referenceId } of parts) {
    const answer = answers.get(referenceId);
    if (answer && answer.status >= 400) continue;
    answers.set(referenceId, { status: 400, body: [{ errorCode: "PROCESSING_HALTED", message }] });
  }
}
