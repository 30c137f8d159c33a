import { toRequest } from "../../connector/sources/webhook/fixtures/deliveries.ts";
import type { World } from "./world.ts";

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Another system of the company's, which signs what it sends. */
export interface WebhookSender {
  send(...events: readonly unknown[]): Promise<Answer>;
  /** With the signature of other words. */
  forge(...events: readonly unknown[]): Promise<Answer>;
}

export function toWebhookSender(world: World, name: string): WebhookSender {
  async function post(body: string, signed: string): Promise<Answer> {
    const { headers } = toRequest(signed, { id: crypto.randomUUID(), at: new Date().toISOString() });
    const init = { method: "POST", body, headers: headers as Record<string, string> };
    const response = await fetch(`${await toHooksUrl(world)}/${name}`, init);
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  }
  const toBody = (events: readonly unknown[]): string => JSON.stringify({ events });
  return {
    send: (...events) => post(toBody(events), toBody(events)),
    forge: (...events) => post(toBody(events), toBody([])),
  };
}

/** Where the connector says that it takes deliveries. */
export async function toHooksUrl({ connector }: World): Promise<string> {
  const health = (await (await fetch(`${connector.url}/health`)).json()) as {
    readonly parts: Readonly<Record<string, { readonly detail: string } | undefined>>;
  };
  return health.parts["webhooks"]?.detail ?? "";
}
