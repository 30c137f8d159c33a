import type { ListAnswer, ListColumn, ListRow } from "../contract.ts";
import { readList } from "./console-api.ts";
import { button, h, hidden, icon } from "./dom.ts";
import { fieldContent, fieldText } from "./field-text.ts";
import { navigate } from "./navigation.ts";
import { listUrl, recordUrl, type Route } from "./routes.ts";

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
      button("Refresh", reload),
    ),
    list.rows.length === 0 ? h("p", { class: "earshot-list__empty" }, "No items to display.") : toTable(list),
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

function toTable({ object, columns, rows, label }: ListAnswer): HTMLElement {
  const head = columns.map((column) => h("th", { scope: "col" }, column.label));
  return h(
    "div",
    { class: "earshot-list__scroll", tabindex: "0", role: "region", "aria-label": `${label} table` },
    h(
      "table",
      { class: "slds-table slds-table_cell-buffer slds-table_bordered" },
      h("caption", {}, hidden(label)),
      h("thead", {}, h("tr", { class: "slds-line-height_reset" }, ...head)),
      h("tbody", {}, ...rows.map((row) => toRow(object, columns, row))),
    ),
  );
}

/** The first column leads to the record. */
function toRow(object: string, columns: readonly ListColumn[], { id, values }: ListRow): HTMLElement {
  const cells = columns.map(({ type }, at) => {
    const shown = { type, value: values[at] ?? null };
    const content = fieldContent(shown);
    if (at > 0) return h("td", {}, h("div", { class: "slds-truncate", title: fieldText(shown) }, content));
    return h("th", { scope: "row" }, h("a", { href: recordUrl(object, id) }, content === "" ? id : content));
  });
  return h("tr", { class: "slds-hint-parent" }, ...cells);
}
