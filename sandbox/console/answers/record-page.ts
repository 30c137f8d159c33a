import type { Actor } from "../../org/access.ts";
import { noSuchResource } from "../../org/refusal.ts";
import type { ObjectType } from "../../org/schema.ts";
import type { Store } from "../../org/store.ts";
import type { PageLayout, RecordPageAnswer, Section } from "../contract.ts";
import { readApplication } from "../metadata/application.ts";
import { findRecordPage, readPage } from "../metadata/flexi-page.ts";
import { readHighlights, readLayout } from "../metadata/record-layout.ts";
import { toChoices } from "./choices.ts";
import { objectIcon } from "./object-icon.ts";
import { toFieldDescription } from "./field-description.ts";

/** What the platform shows where nobody laid out a page. */
const STANDARD_PAGE: PageLayout = {
  label: "Record",
  template: "flexipage:recordHomeSimpleViewTemplate",
  regions: [
    { name: "header", isFacet: false, items: [{ kind: "component", name: "force:highlightsPanel", properties: {} }] },
    { name: "main", isFacet: false, items: [{ kind: "component", name: "force:detailPanel", properties: {} }] },
  ],
};

/** The page for records of an object, for this user: read from the source folder each time, so an edit shows at once. */
export function toRecordPage(forceApp: string, store: Store, actor: Actor, objectOrId: string): RecordPageAnswer {
  const object = store.schema.object(objectOrId) ?? store.schema.objectOf(objectOrId);
  if (object === undefined || !actor.access.object(object).read) throw noSuchResource();
  const name = readApplication(forceApp).recordPages.get(object.name) ?? findRecordPage(forceApp, object.name);
  const page = (name === undefined ? undefined : readPage(forceApp, name)) ?? STANDARD_PAGE;

  const layout = readLayout(forceApp, object.name);
  const sections = [...layout.sections, ...leftOver(object, layout.sections)];
  const highlights = readHighlights(forceApp, object.name);
  const inPage = page.regions.flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === "field" ? [item.field] : [])),
  );
  const wanted = new Set([...sections.flatMap(({ columns }) => columns.flat()), ...highlights, ...inPage, "IsClosed"]);
  const readable = object.fields.filter(
    (field) => (wanted.has(field.name) || field.nameField) && actor.access.field(object, field).read,
  );
  const fields = Object.fromEntries(
    readable.map((field) => {
      const isReadOnly = layout.readOnly.has(field.name);
      const described = toFieldDescription(field, { object, schema: store.schema, actor, isReadOnly });
      const choices = isReadOnly ? undefined : toChoices(forceApp, store, actor, field);
      return [field.name, choices === undefined ? described : { ...described, values: choices }];
    }),
  );
  const defaults = Object.fromEntries(
    readable.flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, defaultValue] as const])),
  );
  const closedStatus = fields["Status"]?.isEditable === true ? firstClosedStatus(store, actor, object) : undefined;
  return {
    object: object.name,
    label: object.label,
    icon: objectIcon(forceApp, object.name),
    page,
    nameField: object.fields.find(({ nameField }) => nameField)?.name ?? "Id",
    highlights,
    sections,
    fields,
    defaults,
    ...(closedStatus === undefined ? {} : { closedStatus }),
  };
}

/** Fields that somebody added to an object of the platform, whose layout cannot know them. Keys are for programs. */
function leftOver(object: ObjectType, sections: readonly Section[]): Section[] {
  const placed = new Set(sections.flatMap(({ columns }) => columns.flat()));
  const added = object.fields
    .filter(({ custom, externalId, name }) => custom && !externalId && !placed.has(name))
    .map(({ name }) => name);
  return object.custom || added.length === 0 ? [] : [{ label: "Custom Fields", columns: [added] }];
}

function firstClosedStatus(store: Store, actor: Actor, object: ObjectType): string | undefined {
  if (object.name !== "Case") return undefined;
  const soql = "SELECT ApiName FROM CaseStatus WHERE IsClosed = true ORDER BY SortOrder LIMIT 1";
  const status = store.query(actor, soql).records[0]?.["ApiName"];
  return typeof status === "string" ? status : undefined;
}
