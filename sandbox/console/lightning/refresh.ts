type RefreshListener = () => unknown;

export const RefreshEventName = "lightning__refresh";

const listeners = new Map<number, RefreshListener>();
let last = 0;

/** Asks the page to load again what it shows. */
export class RefreshEvent extends CustomEvent<undefined> {
  constructor() {
    super(RefreshEventName, { bubbles: true, composed: true, detail: undefined });
  }
}

/** `listener` is called with the element as `this` when somebody asks for a refresh. Answers the id to unregister. */
export function registerRefreshHandler(element: unknown, listener: RefreshListener): number {
  listeners.set(++last, listener.bind(element));
  return last;
}

export function unregisterRefreshHandler(id: number): void {
  listeners.delete(id);
}

/** The console calls this for every RefreshEvent that reaches the document. */
export async function refreshListeners(): Promise<void> {
  await Promise.allSettled([...listeners.values()].map((listener) => Promise.resolve().then(listener)));
}
