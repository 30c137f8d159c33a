import { Misconfigured, Unavailable } from "../../errors.ts";
import type { Session, Step } from "./connect.ts";
import type { HandleField } from "./handles.ts";
import { toRows } from "./rows.ts";
import { MOST_QUERIES, queryPath } from "./soql.ts";

/** Asks for each configured field as recalling does. `Misconfigured` where one is mistyped, hidden, or no text to search for. */
export async function checkHandles(
  session: Session,
  handles: readonly HandleField[],
  signal: AbortSignal,
): Promise<void> {
  const queries = handles.map(({ object, field }, index): Step => {
    const soql = `SELECT Id, ${field} FROM ${object} WHERE ${field} IN ('-') LIMIT 1`;
    return { ref: `handles${index}`, method: "GET", path: queryPath(soql) };
  });
  for (let start = 0; start < queries.length; start += MOST_QUERIES) {
    const steps = queries.slice(start, start + MOST_QUERIES);
    const results = await session.composite(steps, signal, "reply");
    for (const [index, { ref }] of steps.entries()) {
      await toRows(session, results.get(ref), signal).catch((error: unknown) => {
        if (error instanceof Unavailable) throw error;
        throw toFault(handles, start + index, error);
      });
    }
  }
}

function toFault(handles: readonly HandleField[], index: number, cause: unknown): Misconfigured {
  const { object, field } = handles[index] ?? { object: "", field: "" };
  return new Misconfigured(
    `salesforce.handles[${index}].field: the connector cannot look for handles in ${object}.${field}. Write the field's API ` +
      `name (it ends in __c), take a text field, and give the connector's user read access to it`,
    { cause },
  );
}
