import type { FieldDescription, RecordPageAnswer } from "../contract.ts";
import { createRecord, type RecordData } from "../lightning/uiRecordApi.ts";
import { readRecordPage } from "./console-api.ts";
import { h } from "./dom.ts";
import { editForm } from "./edit-form.ts";
import { navigate } from "./navigation.ts";
import { listUrl, recordUrl, type Route } from "./routes.ts";

/** A form for a record that is not there yet: what its layout lets one fill in, with the object's defaults. */
export async function showNew({
  object,
}: Extract<Route, { kind: "new" }>): Promise<{ title: string; content: HTMLElement }> {
  const page = toNewPage(await readRecordPage(object));
  const title = `New ${page.label}`;
  const save = async (values: Readonly<Record<string, unknown>>): Promise<void> => {
    const { id } = await createRecord({ apiName: page.object, fields: values });
    navigate(recordUrl(page.object, id), { replace: true });
  };
  const cancel = (): void => navigate(listUrl(page.object), { replace: true });
  const { sections } = page;
  const content = editForm({ page, record: toBlank(page), sections, title, save, cancel });
  return { title, content: h("div", { class: "earshot-detail slds-card" }, content) };
}

function toNewPage(page: RecordPageAnswer): RecordPageAnswer {
  const fields = Object.entries(page.fields).map(([name, field]): [string, FieldDescription] => {
    return [name, { ...field, isEditable: field.isCreateable }];
  });
  return { ...page, fields: Object.fromEntries(fields) };
}

function toBlank({ object, defaults }: RecordPageAnswer): RecordData {
  const fields = Object.entries(defaults).map(([name, value]) => [name, { value, displayValue: null }]);
  return { id: "", apiName: object, fields: Object.fromEntries(fields) as RecordData["fields"] };
}
