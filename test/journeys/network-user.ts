/** What the network shows of a post. */
export interface Shown {
  readonly id: string;
  readonly url: string;
  readonly content: string;
  readonly visibility: string;
  readonly in_reply_to_id: string | null;
  readonly account: { readonly acct: string };
}

export interface PostOptions {
  readonly replyTo?: Shown;
  readonly visibility?: "public" | "direct";
}

/** Somebody who uses the network by its API, as any app would. */
export interface NetworkUser {
  readonly handle: string;
  readonly id: string;
  post(text: string, options?: PostOptions): Promise<Shown>;
  edit(post: Shown, text: string): Promise<Shown>;
  remove(post: Shown): Promise<void>;
  /** What stands under a post, as this person sees it. */
  answersTo(post: Shown): Promise<readonly Shown[]>;
}

export async function openNetworkUser(networkUrl: string, handle: string): Promise<NetworkUser> {
  const account = await ask<{ id: string; token: string }>(`${networkUrl}/sandbox/accounts`, {
    method: "POST",
    body: { handle, display: handle },
  });
  const api = <T>(method: string, path: string, body?: unknown): Promise<T> =>
    ask<T>(`${networkUrl}/api/v1/${path}`, { method, body, token: account.token });
  return {
    handle,
    id: account.id,
    post: (text, { replyTo, visibility = "public" } = {}) =>
      api("POST", "statuses", {
        status: text,
        visibility,
        ...(replyTo === undefined ? {} : { in_reply_to_id: replyTo.id }),
      }),
    edit: (post, text) => api("PUT", `statuses/${post.id}`, { status: text }),
    async remove(post) {
      await api("DELETE", `statuses/${post.id}`);
    },
    answersTo: async (post) => (await api<{ descendants: Shown[] }>("GET", `statuses/${post.id}/context`)).descendants,
  };
}

async function ask<T>(
  url: string,
  { method, body, token }: { method: string; body?: unknown; token?: string },
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
