import type { SessionAnswer } from "../contract.ts";

/**
 * All tabs of a browser share one session. A tab that shows somebody else is loaded anew as soon as another one signs in: or it
 * would go on under a name that is no longer its own.
 */
export function followSignIn({ userId }: SessionAnswer): void {
  const tabs = new BroadcastChannel("earshot-signed-in");
  tabs.addEventListener("message", ({ data }) => {
    if (data !== userId) location.reload();
  });
  tabs.postMessage(userId);
}
