import type { Catalog } from "../catalog.ts";
import type { Problem } from "../problem.ts";
import type { Component } from "../tree.ts";
import { all, text, texts } from "../xml.ts";

/** The channel that each org has. */
const STANDARD_CHANNEL = "ChangeEvents";

/** Change events: of objects that are there, on a channel that is there, each under the name Salesforce gives it. */
export function checkEvents(catalog: Catalog): Problem[] {
  return catalog
    .of("PlatformEventChannelMember")
    .flatMap((member) => faults(member, catalog).map((message) => ({ path: member.path, message })));
}

function faults({ name, xml }: Component, catalog: Catalog): string[] {
  const channel = text(xml, "eventChannel") ?? "";
  const entity = text(xml, "selectedEntity") ?? "";
  const object = toObject(entity);
  const expected = `${channel}_${entity}`.replaceAll(/__+/g, "_");
  return [
    ...(channel === STANDARD_CHANNEL || catalog.has("PlatformEventChannel", channel) ? [] : [`no channel ${channel}`]),
    ...(object !== undefined && catalog.isObject(object) ? [] : [`is about no object: ${entity}`]),
    ...(name === expected ? [] : [`must be named ${expected}`]),
    ...all(xml, "enrichedFields")
      .flatMap((field) => texts(field, "name"))
      .filter((field) => object !== undefined && !catalog.isField(object, field))
      .map((field) => `${object ?? ""} has no field ${field}`),
  ];
}

/** `Social_Reply__ChangeEvent` is of Social_Reply__c, `CaseChangeEvent` of Case. */
function toObject(entity: string): string | undefined {
  const [, own, standard] = /^(?:(\w+)__|(\w+))ChangeEvent$/.exec(entity) ?? [];
  return own === undefined ? standard : `${own}__c`;
}
