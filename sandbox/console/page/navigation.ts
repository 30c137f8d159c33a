import { toRoute, type Route } from "./routes.ts";

type Listener = (route: Route) => void;

const listeners = new Set<Listener>();

export const currentRoute = (): Route => toRoute(location);

/** Calls back after every change of place. Answers how to stop. */
export function onNavigate(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Goes to an address: inside the console without loading the page again, anything else in a new window. */
export function navigate(url: string, { replace = false } = {}): void {
  const target = new URL(url, location.href);
  if (!isConsole(target)) {
    window.open(target.href, "_blank", "noopener");
    return;
  }
  if (replace || target.href === location.href) history.replaceState(null, "", target);
  else history.pushState(null, "", target);
  announce();
}

const isConsole = ({ origin, pathname }: URL): boolean =>
  origin === location.origin && (pathname === "/" || pathname.startsWith("/lightning/"));

function announce(): void {
  const route = currentRoute();
  for (const listener of [...listeners]) listener(route);
}

/** Lets plain links and the browser's own back and forward move through the console. */
export function followLinks(): void {
  window.addEventListener("popstate", announce);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.composedPath().find((part) => part instanceof HTMLAnchorElement);
    if (link === undefined || link.href === "" || link.target === "_blank" || !isConsole(new URL(link.href))) return;
    if (link.hasAttribute("data-reload")) return;
    event.preventDefault();
    navigate(link.href);
  });
}
