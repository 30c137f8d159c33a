import { Refused } from "../../errors.ts";
import type { Account } from "../../model/account.ts";
import type { RawRequest, Source } from "../source.ts";
import { NETWORK, toAccountKey } from "./keys.ts";
import { readDelivery } from "./read-delivery.ts";
import { toRoutes } from "./routes.ts";
import { toSecrets } from "./secrets.ts";
import { verify } from "./signature.ts";
import type { Us } from "./to-event.ts";

/** The longest body that is taken, in bytes. */
export const LONGEST_BODY = 1024 * 1024;

export interface WebhookSettings {
  /** Ours for the sender: a part of the address and of all keys. */
  readonly name: string;
  /** As the company is called where it speaks itself. */
  readonly label: string;
}

export interface WebhookOptions extends WebhookSettings {
  /** `whsec_…`; several while the sender changes from one to the next. */
  readonly secret: string;
  /** The environment variable that it stands in. */
  readonly secretEnv: string;
}

/**
 * Another system that tells us what happens there, each delivery signed as Standard Webhooks says. It takes no answers.
 * Throws `Misconfigured` where the secret is none.
 */
export function openWebhook({ secret, secretEnv, ...settings }: WebhookOptions): Promise<Source & AsyncDisposable> {
  const us = toUs(settings);
  const secrets = toSecrets(secret, secretEnv);
  return Promise.resolve({
    network: NETWORK,
    account: us.account,
    feeds: {},
    receive(request, now) {
      expectAcceptable(request);
      verify(request, secrets, now);
      return readDelivery(request.body, us, now);
    },
    routes: toRoutes,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

export function toUs({ name, label }: WebhookSettings): Us {
  const account: Account = {
    key: toAccountKey(name),
    network: NETWORK,
    handle: name,
    mode: "listen-only",
    // Nothing is ever sent.
    textLimit: 0,
    urlLength: 0,
  };
  return { account, label };
}

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i;

/** What can be told without looking at the body comes first. */
function expectAcceptable({ headers, body }: RawRequest): void {
  if (body.length > LONGEST_BODY)
    throw new Refused(413, `A body may have ${LONGEST_BODY} bytes: send fewer events at a time.`);
  if (!JSON_TYPE.test(headers["content-type"] ?? ""))
    throw new Refused(400, "The header content-type must be application/json.");
  if ((headers["content-encoding"] ?? "identity") !== "identity")
    throw new Refused(400, "The body must not be compressed: leave the header content-encoding out.");
}
