import type { WireAdapter } from "../page/wire-adapter.ts";

interface Subscription {
  readonly channel: string;
  readonly listener: (message: unknown) => void;
}

const CONTEXT = Object.freeze({});
const subscriptions = new Set<Subscription>();

export const APPLICATION_SCOPE = Symbol("APPLICATION_SCOPE");

/** The wire hands over the context itself, not `{ data, error }`. */
export class MessageContext implements WireAdapter {
  readonly #provide: (value: unknown) => void;

  constructor(provide: (value: unknown) => void) {
    this.#provide = provide;
    provide(CONTEXT);
  }

  connect(): void {
    this.#provide(CONTEXT);
  }

  update(): void {
    this.#provide(CONTEXT);
  }

  disconnect(): void {
    // The context belongs to the page, not to an element.
  }
}

export const createMessageContext = (): object => CONTEXT;

export function releaseMessageContext(): void {
  // As above: there is one context for the page.
}

/** Hands the message to everybody who listens on the channel now; nobody hears it later. */
export function publish(_context: unknown, channel: string, message: unknown): void {
  for (const { channel: theirs, listener } of [...subscriptions]) if (theirs === channel) listener(message);
}

export function subscribe(_context: unknown, channel: string, listener: (message: unknown) => void): Subscription {
  const subscription = { channel, listener };
  subscriptions.add(subscription);
  return subscription;
}

export function unsubscribe(subscription: Subscription | null | undefined): void {
  if (subscription) subscriptions.delete(subscription);
}
