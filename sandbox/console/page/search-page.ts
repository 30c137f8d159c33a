import type { ListAnswer } from "../contract.ts";
import { readSearch } from "./console-api.ts";
import { h, icon } from "./dom.ts";
import { listTable } from "./list-table.ts";
import type { Route } from "./routes.ts";

/** What global search found, object by object. */
export async function showSearch({
  term,
}: Extract<Route, { kind: "search" }>): Promise<{ title: string; content: HTMLElement }> {
  const { groups } = await readSearch(term);
  const nothing = h(
    "p",
    { class: "earshot-list__empty" },
    `No results for \u201c${term}\u201d. You find only what you may see.`,
  );
  const content = h(
    "div",
    { class: "earshot-search-results" },
    h("h1", {}, `Results for \u201c${term}\u201d`),
    ...(groups.length === 0 ? [nothing] : groups.map(toGroup)),
  );
  return { title: `${term} - Search`, content };
}

function toGroup(list: ListAnswer): HTMLElement {
  const count = `${list.rows.length} ${list.rows.length === 1 ? "result" : "results"}`;
  return h(
    "section",
    { class: "earshot-list slds-card", "aria-label": list.label },
    h(
      "div",
      { class: "earshot-list__head" },
      icon(list.icon, "medium"),
      h("h2", {}, list.label),
      h("p", { class: "earshot-list__count" }, count),
    ),
    listTable(list),
  );
}
