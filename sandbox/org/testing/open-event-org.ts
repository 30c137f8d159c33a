import type { Values } from "../store.ts";
import type { OrgOptions } from "../index.ts";
import { openSubscriber, type Subscriber } from "./open-subscriber.ts";
import { openTestOrg, type TestOrg, type Who } from "./open-test-org.ts";

/** The topic of the replies' changes. */
export const replies = "/data/Social_Reply__ChangeEvent";

/** An org whose events can be heard, at a time that stands still until it is moved. */
export interface EventOrg extends AsyncDisposable {
  readonly place: TestOrg;
  readonly endpoint: string;
  now: number;
  /** A subscriber as this user; headers may be others. */
  subscriber(who: string, headers?: Record<string, string>): Subscriber;
  /** The id of a new draft of a reply, written by Rita over the REST API. */
  reply(values?: Values): Promise<string>;
  /** By the administrator. */
  update(id: string, values: Values): Promise<void>;
  order(method: "POST" | "DELETE", path: string, body?: object): Promise<void>;
}

export async function openEventOrg(options: Partial<OrgOptions> = {}): Promise<EventOrg> {
  const clock = { now: Date.parse("2026-11-22T10:00:00Z") };
  const place = await openTestOrg({ now: () => clock.now, ...options });
  const { endpoint } = await place.org.listenPubSub(0);

  async function call(who: Who, request: string, body?: object): Promise<unknown> {
    const answer = await place.call(who, request, { ...(body && { body }) });
    if (answer.status >= 300) throw new Error(`${request}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  return {
    place,
    endpoint,
    get now() {
      return clock.now;
    },
    set now(at) {
      clock.now = at;
    },
    subscriber: (who, headers = {}) => {
      const accesstoken = place.org.tokenFor(`${who}@nordwind.example`);
      const usual = { accesstoken, instanceurl: place.url, tenantid: place.org.organizationId };
      return openSubscriber({ endpoint, headers: { ...usual, ...headers } });
    },
    reply: async (values = {}) => {
      const body = { Text__c: "We are on it", ...values };
      return ((await call("rita", "POST /sobjects/Social_Reply__c", body)) as { id: string }).id;
    },
    update: async (id, values) => {
      await call("ada", `PATCH /sobjects/Social_Reply__c/${id}`, values);
    },
    order: async (method, path, body) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(place.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    },
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}
