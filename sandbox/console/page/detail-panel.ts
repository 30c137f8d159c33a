import type { Section } from "../contract.ts";
import { updateRecord, type RecordData } from "../lightning/uiRecordApi.ts";
import { button, h } from "./dom.ts";
import { editForm } from "./edit-form.ts";
import { fieldContent } from "./field-text.ts";
import type { LiveRecord } from "./live-record.ts";
import { shownField } from "./record-loading.ts";

/** The fields of a record in the sections of its layout; Edit turns them into a form. */
export function detailPanel(live: LiveRecord | undefined, sections: readonly Section[]): HTMLElement | undefined {
  if (live === undefined) return undefined;
  const panel = h("section", { class: "earshot-detail slds-card", "aria-label": "Details" });
  let isEditing = false;
  let latest: RecordData | undefined;

  const draw = (): void => {
    if (latest === undefined || isEditing) return;
    panel.replaceChildren(toHead(live, edit), ...toSections(live, sections, latest));
  };
  const leave = (): void => {
    isEditing = false;
    draw();
    panel.querySelector("button")?.focus();
  };
  const edit = (): void => {
    if (latest === undefined) return;
    isEditing = true;
    const save = async (values: Readonly<Record<string, unknown>>): Promise<void> => {
      if (Object.keys(values).length > 0) await updateRecord({ fields: { ...values, Id: live.id } });
      leave();
    };
    const form = editForm({ page: live.page, record: latest, sections, save, cancel: leave });
    panel.replaceChildren(form);
    form.querySelector<HTMLElement>("input, select, textarea")?.focus();
  };
  live.show((record) => {
    latest = record;
    draw();
  });
  return panel;
}

function toHead({ page }: LiveRecord, edit: () => void): HTMLElement {
  const head = h("div", { class: "earshot-detail__head" }, h("h2", {}, "Details"));
  if (Object.values(page.fields).some(({ isEditable }) => isEditable)) head.append(button("Edit", edit));
  return head;
}

function toSections({ page }: LiveRecord, sections: readonly Section[], record: RecordData): HTMLElement[] {
  return sections.map(({ label, columns }) => {
    const lists = columns.map((names) =>
      h(
        "dl",
        {},
        ...names
          .map((name) => page.fields[name])
          .filter((field) => field !== undefined)
          .map((field) =>
            h(
              "div",
              {},
              h("dt", { title: field.help }, field.label),
              h("dd", {}, fieldContent(shownField(record, field))),
            ),
          ),
      ),
    );
    return h("div", { class: "earshot-detail__section" }, label === "" ? undefined : h("h3", {}, label), ...lists);
  });
}
