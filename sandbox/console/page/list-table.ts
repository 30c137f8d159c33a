import type { ListAnswer, ListColumn, ListRow } from "../contract.ts";
import { h, hidden } from "./dom.ts";
import { fieldContent, fieldText } from "./field-text.ts";
import { recordUrl } from "./routes.ts";

/** The rows of a list; a click on a column's head sorts by it, another one turns it round. */
export function listTable({ object, columns, rows, label }: ListAnswer): HTMLElement {
  const body = h("tbody", {}, ...rows.map((row) => toRow(object, columns, row)));
  const heads = columns.map((column, at) => {
    const sort = (): void => {
      const isDown = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      const sorted = rows.toSorted((one, other) => compare(one.values[at], other.values[at]) * (isDown ? -1 : 1));
      body.replaceChildren(...sorted.map((row) => toRow(object, columns, row)));
    };
    const head: HTMLElement = h("th", { scope: "col" }, h("button", { type: "button", onclick: sort }, column.label));
    return head;
  });
  return h(
    "div",
    { class: "earshot-list__scroll", tabindex: "0", role: "region", "aria-label": `${label} table` },
    h(
      "table",
      { class: "slds-table slds-table_cell-buffer slds-table_bordered" },
      h("caption", {}, hidden(label)),
      h("thead", {}, h("tr", { class: "slds-line-height_reset" }, ...heads)),
      body,
    ),
  );
}

type Value = ListRow["values"][number] | undefined;

/** What is empty comes first. */
function compare(one: Value, other: Value): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one ?? "").localeCompare(String(other ?? ""));
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
