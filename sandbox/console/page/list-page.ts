import type { ListAnswer } from "../contract.ts";
import { readList } from "./console-api.ts";
import { button, h, icon } from "./dom.ts";
import { listTable } from "./list-table.ts";
import { navigate } from "./navigation.ts";
import { listUrl, newUrl, type Route } from "./routes.ts";

/** A list view of an object: as the org's lists do, it shows what was there when it was loaded. */
export async function showList(
  route: Extract<Route, { kind: "list" }>,
): Promise<{ title: string; content: HTMLElement }> {
  const list = await readList(route.object, route.view);
  const reload = (): void => navigate(listUrl(list.object, list.view), { replace: true });
  const content = h(
    "div",
    { class: "earshot-list slds-card" },
    h(
      "div",
      { class: "earshot-list__head" },
      icon(list.icon, "medium"),
      h("div", {}, h("h1", {}, h("span", {}, list.label), toViewPicker(list))),
      h("p", { class: "earshot-list__count" }, `${list.rows.length} ${list.rows.length === 1 ? "item" : "items"}`),
      list.isCreateable ? button("New", () => navigate(newUrl(list.object))) : undefined,
      button("Refresh", reload),
    ),
    list.rows.length === 0 ? h("p", { class: "earshot-list__empty" }, "No items to display.") : listTable(list),
  );
  return { title: list.label, content };
}

function toViewPicker({ object, view, views }: ListAnswer): HTMLElement {
  const select = h(
    "select",
    { class: "earshot-list__views", "aria-label": "List view" },
    ...views.map(({ name, label }) => h("option", { value: name, selected: name === view }, label)),
  );
  select.addEventListener("change", () => navigate(listUrl(object, select.value)));
  return select;
}
