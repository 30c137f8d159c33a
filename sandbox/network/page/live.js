import { byId } from "./element.js";

/** Calls `onNews` whenever something happens that the account may see, and once after every connection. */
export function openLive(onNews) {
  let account;
  let socket;
  let wait = 500;

  const connect = () => {
    const url = new URL("/api/v1/streaming", location.href.replace(/^http/, "ws"));
    if (account) url.searchParams.set("access_token", account.token);
    const mine = new WebSocket(url);
    socket = mine;
    mine.addEventListener("open", () => {
      wait = 500;
      const streams = account ? ["public", "user", "direct"] : ["public"];
      for (const stream of streams) mine.send(JSON.stringify({ type: "subscribe", stream }));
      show(true);
      onNews();
    });
    mine.addEventListener("message", onNews);
    mine.addEventListener("close", () => {
      if (socket !== mine) return;
      show(false);
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 10_000);
    });
  };

  return {
    /** Hears as this account from now on. */
    hearAs(next) {
      const before = socket;
      account = next;
      socket = undefined;
      before?.close();
      connect();
    },
  };
}

function show(isOpen) {
  byId("live").textContent = isOpen ? "live" : "reconnecting";
  byId("live").classList.toggle("on", isOpen);
}
