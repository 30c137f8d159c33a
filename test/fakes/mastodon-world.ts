import { pino } from "pino";
import { createRestAPIClient } from "masto";
import { openMastodon } from "../../connector/sources/mastodon/index.ts";
import { openNetwork } from "../../sandbox/network/index.ts";
import type { Person, Trouble, World } from "../contracts/source/scene.ts";

const DOMAIN = "nordwind.social";

const NO_STREAM = { match: { path: "/api/v1/streaming" }, act: "drop-before", times: 1_000 };
/** The lists that feeds read; ids of accounts begin with a 1. */
const LISTS = ["/api/v1/notifications", "/api/v1/accounts/1", "/api/v1/timelines"];

function always(act: string, paths: readonly string[] = ["/api"]): readonly unknown[] {
  return [NO_STREAM, ...paths.map((path) => ({ match: { path }, act, times: 1_000 }))];
}

const FAULTS: Readonly<Record<Trouble, readonly unknown[]>> = {
  down: always("503"),
  busy: always("429"),
  refused: always("403", LISTS),
  suspended: always("403"),
  forgetful: [{ match: { method: "GET", path: "/api/v1/statuses$" }, act: "forget", times: 1_000 }],
  "token refused": always("401"),
  "connection cut": always("drop-before"),
  "answer lost": [{ match: { method: "POST", path: "/api/v1/statuses" }, act: "drop-after" }],
  "no stream": [NO_STREAM],
};

/** A sandbox network of its own, where the company is `@nordwind`. */
export async function openMastodonWorld(): Promise<World> {
  const network = await openNetwork({ dir: ":memory:", port: 0, domain: DOMAIN });
  const company = await join(network.url, "nordwind");
  return {
    open: (clock, mode = "engage") =>
      openMastodon({
        url: network.url,
        token: company,
        words: ["lost luggage"],
        mode,
        clock,
        log: pino({ level: "silent" }),
      }),
    person: async (name) => toPerson(network.url, name, await join(network.url, name)),
    us: async () => Promise.resolve(toPerson(network.url, "nordwind", company)),
    dropStreams: async () => {
      await send(network.url, "POST", "/sandbox/streams/drop");
    },
    muteStreams: async () => {
      await send(network.url, "POST", "/sandbox/streams/mute");
    },
    trouble: async (what) => {
      await send(network.url, "POST", "/sandbox/faults", FAULTS[what]);
    },
    calm: async () => {
      await send(network.url, "DELETE", "/sandbox/faults");
    },
    [Symbol.asyncDispose]: () => network.close(),
  };
}

function toPerson(url: string, name: string, token: string): Person {
  const { v1 } = createRestAPIClient({ url, accessToken: token, log: "error" });
  const toId = (key: string) => key.slice(key.lastIndexOf("/") + 1);
  return {
    handle: `${name}@${DOMAIN}`,
    say: async (status, how = {}) => {
      const { id } = await v1.statuses.create({
        status,
        visibility: how.private === true ? "direct" : "public",
        inReplyToId: how.answering === undefined ? null : toId(how.answering),
      });
      return `mastodon:${DOMAIN}/${id}`;
    },
    edit: async (post, status) => {
      await v1.statuses.$select(toId(post)).update({ status });
    },
    remove: async (post) => {
      await v1.statuses.$select(toId(post)).remove();
    },
    answersTo: async (post) => {
      const { descendants } = await v1.statuses.$select(toId(post)).context.fetch();
      return descendants.map(({ content }) => content.replace(/<[^>]*>/g, ""));
    },
  };
}

async function join(url: string, handle: string): Promise<string> {
  const answer = await send(url, "POST", "/sandbox/accounts", { handle, display: handle });
  if (typeof answer === "object" && answer !== null && "token" in answer) return String(answer.token);
  throw new Error(`The network did not make an account for ${handle}`);
}

async function send(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url + path, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The network answered ${answer.status} to ${method} ${path}`);
  return answer.status === 204 ? undefined : answer.json().catch(() => undefined);
}
