type Listener = () => void;

const listeners = new Map<string, Set<Listener>>();

/** Calls back whenever a record was changed from this page. Answers how to stop. Ids count by their first 15 characters. */
export function onRecordChange(recordId: string, listener: Listener): () => void {
  const key = recordId.slice(0, 15);
  const those = listeners.get(key) ?? new Set();
  listeners.set(key, those.add(listener));
  return () => {
    those.delete(listener);
    if (those.size === 0) listeners.delete(key);
  };
}

export function announceRecordChange(recordId: string): void {
  for (const listener of [...(listeners.get(recordId.slice(0, 15)) ?? [])]) listener();
}

/** Everything on the page that shows a record asks for it again. */
export function announceEveryRecord(): void {
  for (const recordId of [...listeners.keys()]) announceRecordChange(recordId);
}
