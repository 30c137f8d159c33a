export const DATA = "/services/data/v66.0";

const SESSION_EXPIRED = 401;

/** A refused call, with the members that components read from an error of Lightning Data Service. */
export class FetchError extends Error {
  readonly ok = false;
  readonly errorType = "fetchResponse";
  readonly status: number;
  readonly statusText: string;
  readonly body: unknown;

  constructor(answer: Response, body: unknown) {
    super(`The org answered ${answer.status}`);
    this.status = answer.status;
    this.statusText = answer.statusText;
    this.body = body;
  }
}

export interface OrgCall {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
}

/**
 * Calls the org as the signed-in user and answers what it says; undefined for an empty answer.
 * An expired session is opened anew, once. Rejects with a {@link FetchError}. As in an org, a refused read carries a list and a refused write one error.
 */
export async function callOrg(path: string, { method = "GET", body }: OrgCall = {}): Promise<unknown> {
  const send = (): Promise<Response> =>
    fetch(path, {
      method,
      headers: { "X-Requested-With": "XMLHttpRequest", "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  let answer = await send();
  if (answer.status === SESSION_EXPIRED) {
    await fetch("/console/session");
    answer = await send();
  }
  const content = toContent(await answer.text());
  if (answer.ok) return content;
  throw new FetchError(answer, method !== "GET" && Array.isArray(content) ? content[0] : content);
}

function toContent(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}
