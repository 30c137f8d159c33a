import type { FieldDescription, RecordPageAnswer, Section } from "../contract.ts";
import type { RecordData } from "../lightning/uiRecordApi.ts";
import { button, h } from "./dom.ts";
import { fieldInput, type FieldInput } from "./field-input.ts";
import { toWriteProblem, type WriteProblem } from "./write-problem.ts";

export interface EditFormOptions {
  readonly page: RecordPageAnswer;
  readonly record: RecordData;
  readonly sections: readonly Section[];
  /** Left out: it edits. */
  readonly title?: string;
  /** Gets only what was changed. A rejection is shown in the form, beside the fields it is about. */
  readonly save: (values: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly cancel: () => void;
}

interface Row {
  readonly field: FieldDescription;
  readonly input: FieldInput;
  readonly before: unknown;
  readonly problem: HTMLElement;
  readonly element: HTMLElement;
}

/** A form over the fields that the user may edit, in the order of the sections. */
export function editForm(options: EditFormOptions): HTMLFormElement {
  const { page, record, sections, title = `Edit ${page.label}`, save, cancel } = options;
  const rows = sections
    .flatMap(({ columns }) => columns.flat())
    .map((name) => page.fields[name])
    .filter((field) => field?.isEditable === true && (field.type !== "reference" || field.values !== undefined))
    .map((field) => toRow(field as FieldDescription, record));
  const problems = h("div", { class: "earshot-form__problem", role: "alert", hidden: true });
  const submit = h("button", { class: "slds-button slds-button_brand", type: "submit" }, "Save");
  const form = h(
    "form",
    { class: "earshot-form", "aria-label": title, novalidate: true },
    h("h2", {}, title),
    problems,
    ...rows.map(({ element }) => element),
    h("div", { class: "earshot-form__actions" }, button("Cancel", cancel), submit),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (missing(rows, problems)) return;
    submit.disabled = true;
    void save(changed(rows))
      .catch((error: unknown) => showProblem(toWriteProblem(error), rows, problems))
      .finally(() => (submit.disabled = false));
  });
  form.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") cancel();
  });
  return form;
}

function toRow(field: FieldDescription, record: RecordData): Row {
  const id = `edit-${field.name}`;
  const before = record.fields[field.name]?.value ?? null;
  const input = fieldInput(field, id, before);
  const problem = h("div", { class: "slds-form-element__help", id: `${id}-problem`, hidden: true });
  const label = h("label", { class: "slds-form-element__label", for: id, title: field.help }, field.label);
  const control = h("div", { class: "slds-form-element__control" }, input.element);
  return { field, input, before, problem, element: h("div", { class: "slds-form-element" }, label, control, problem) };
}

const changed = (rows: readonly Row[]): Record<string, unknown> =>
  Object.fromEntries(
    rows.filter(({ input, before }) => input.read() !== before).map(({ field, input }) => [field.name, input.read()]),
  );

/** As an org's forms do, ours asks for what is required before it asks the org. */
function missing(rows: readonly Row[], problems: HTMLElement): boolean {
  const empty = rows.filter(({ field, input }) => field.isRequired && input.read() === null);
  if (empty.length === 0) return false;
  showProblem(
    { messages: [], byField: Object.fromEntries(empty.map(({ field }) => [field.name, "Complete this field."])) },
    rows,
    problems,
  );
  return true;
}

function showProblem({ messages, byField }: WriteProblem, rows: readonly Row[], problems: HTMLElement): void {
  for (const { field, input, problem, element } of rows) {
    const sentence = byField[field.name];
    problem.textContent = sentence ?? "";
    problem.hidden = sentence === undefined;
    element.classList.toggle("slds-has-error", sentence !== undefined);
    input.element.setAttribute("aria-invalid", String(sentence !== undefined));
    if (sentence !== undefined) input.element.setAttribute("aria-describedby", problem.id);
  }
  const unplaced = Object.entries(byField).filter(([name]) => !rows.some(({ field }) => field.name === name));
  problems.textContent =
    [...messages, ...unplaced.map(([, sentence]) => sentence)].join(" ") || "See the marked fields.";
  problems.hidden = false;
}
