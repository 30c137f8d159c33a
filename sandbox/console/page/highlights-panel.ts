import { updateRecord, type RecordData } from "../lightning/uiRecordApi.ts";
import { button, h, icon } from "./dom.ts";
import { fieldContent } from "./field-text.ts";
import type { LiveRecord } from "./live-record.ts";
import { recordName, shownField } from "./record-loading.ts";
import { problemSentence } from "./write-problem.ts";
import { ShowToastEvent } from "../lightning/platformShowToastEvent.ts";

/** The head of a record: what it is, its name, the fields of its compact layout. */
export function highlightsPanel(live: LiveRecord): HTMLElement {
  const panel = h("header", { class: "earshot-highlights slds-card", "aria-label": `${live.page.label} highlights` });
  live.show((record) => panel.replaceChildren(...toContent(live, record)));
  return panel;
}

function toContent({ page, id }: LiveRecord, record: RecordData): HTMLElement[] {
  const title = h(
    "div",
    { class: "earshot-highlights__title" },
    icon(page.icon, "medium"),
    h("div", {}, h("p", {}, page.label), h("h1", {}, recordName(record, page))),
  );
  const isOpen = record.fields["IsClosed"]?.value === false;
  if (page.closedStatus !== undefined && isOpen) {
    const { closedStatus } = page;
    const close = button("Close Case", () => void setStatus(close, id, closedStatus));
    title.append(h("div", { class: "earshot-highlights__actions" }, close));
  }
  const fields = page.highlights
    .filter((name) => name !== page.nameField)
    .map((name) => page.fields[name])
    .filter((field) => field !== undefined)
    .map((field) =>
      h("div", {}, h("dt", {}, field.label), h("dd", {}, fieldContent(shownField(record, field)) || "—")),
    );
  return [title, h("dl", { class: "earshot-highlights__fields" }, ...fields)];
}

async function setStatus(pressed: HTMLButtonElement, id: string, status: string): Promise<void> {
  pressed.disabled = true;
  const toast = await updateRecord({ fields: { Id: id, Status: status } }).then(
    () => new ShowToastEvent({ title: "The Case is closed.", variant: "success" }),
    (error: unknown) => new ShowToastEvent({ title: "Not closed", message: problemSentence(error), variant: "error" }),
  );
  document.body.dispatchEvent(toast);
  pressed.disabled = false;
}
