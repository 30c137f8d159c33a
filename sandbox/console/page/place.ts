import { readTabPage } from "./console-api.ts";
import { h } from "./dom.ts";
import { FetchError } from "./org-api.ts";
import { showList } from "./list-page.ts";
import { showNew } from "./new-page.ts";
import { showRecord } from "./record-page.ts";
import { showSearch } from "./search-page.ts";
import { showRegions } from "./page-regions.ts";
import type { Route } from "./routes.ts";
import type { WorkspaceTabs } from "./workspace-tabs.ts";

export interface Surroundings {
  readonly tabs: WorkspaceTabs;
  readonly app: string;
}

let shownNow = new AbortController();

/** Shows a place in `main`, unless the user went on to another one meanwhile. What cannot be shown says why. */
export async function showPlace(route: Route, main: HTMLElement, { tabs, app }: Surroundings): Promise<void> {
  shownNow.abort();
  shownNow = new AbortController();
  const { signal } = shownNow;
  const shown = await toContent(route, tabs, signal).catch((error: unknown) => ({
    title: "Problem",
    content: toProblem(error),
  }));
  if (signal.aborted) return;
  main.replaceChildren(shown.content);
  document.title = `${shown.title} | ${app}`;
}

interface Shown {
  readonly title: string;
  readonly content: HTMLElement;
}

async function toContent(route: Route, tabs: WorkspaceTabs, signal: AbortSignal): Promise<Shown> {
  switch (route.kind) {
    case "record":
      return showRecord(route, { tabs, signal });
    case "list":
      return showList(route);
    case "search":
      return showSearch(route);
    case "new":
      return showNew(route);
    case "tab": {
      const page = await readTabPage(route.name);
      const heading = h("h1", { class: "slds-assistive-text" }, page.label);
      return { title: page.label, content: h("div", {}, heading, await showRegions(page)) };
    }
    case "home":
      return { title: "Home", content: h("div") };
  }
}

function toProblem(error: unknown): HTMLElement {
  const body =
    error instanceof FetchError ? (Array.isArray(error.body) ? (error.body as unknown[])[0] : error.body) : error;
  const message = (body as { message?: unknown } | undefined)?.message;
  return h(
    "div",
    { class: "earshot-problem", role: "alert" },
    h("h1", { class: "slds-text-heading_medium" }, "This page cannot be shown"),
    h("p", {}, typeof message === "string" ? message : "The org did not answer. Reload the page to try again."),
  );
}
