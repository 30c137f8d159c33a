export type EventName = "update" | "status.update" | "delete" | "notification" | "conversation";

export interface StreamEvent {
  readonly event: EventName;
  /** As it travels: an entity's JSON, or a bare id for `delete`. */
  readonly payload: string;
}

/** Where an event is heard: `user/<account>`, `user:notification/<account>`, `direct/<account>`, `hashtag/<tag>`, `public`, `public:local`. */
export type Channel = string;

export type Listener = (event: StreamEvent) => void;

/**
 * Carries events to whoever listens now, and keeps none: who was away asks the REST API. What nobody hears is not even
 * put into words.
 */
export interface Streams {
  publish(channels: Iterable<Channel>, event: EventName, toPayload: () => string): void;
  /** Listens until the returned function is called. */
  listen(channel: Channel, listener: Listener): () => void;
  /** How many listen now. */
  count(): number;
}

export function createStreams(): Streams {
  const listeners = new Map<Channel, Set<Listener>>();
  return {
    publish: (channels, event, toPayload) => {
      const hearing = [...new Set(channels)].flatMap((channel) => [...(listeners.get(channel) ?? [])]);
      if (hearing.length === 0) return;
      const payload = toPayload();
      for (const listener of hearing) listener({ event, payload });
    },
    count: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
    listen: (channel, listener) => {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(channel) === set) listeners.delete(channel);
      };
    },
  };
}
