import components from "earshot:components";

import { detailPanel } from "./detail-panel.ts";
import { h } from "./dom.ts";
import { createElement } from "./engine.ts";
import { highlightsPanel } from "./highlights-panel.ts";
import { facetOf, type ComponentItem, type PageContext } from "./page-context.ts";
import { showTabset } from "./tabset.ts";

/** One component of a page: ours from force-app, one of the platform's that the console knows, or a box that names it. */
export async function showComponent(item: ComponentItem, context: PageContext): Promise<Node | undefined> {
  if (item.name in components) return showOurs(item, context);
  switch (item.name) {
    case "force:highlightsPanel":
      return context.record && highlightsPanel(context.record);
    case "force:detailPanel":
    case "force:recordDetail":
      return detailPanel(context.record, context.record?.page.sections ?? []);
    case "flexipage:tabset":
      return showTabset(item, context);
    case "flexipage:fieldSection":
    case "flexipage:column":
      return h("div", {}, ...(await context.showFacet(facetOf(item))));
    case "flexipage:richText":
      return h(
        "div",
        { class: "slds-card slds-p-around_medium" },
        toPlainText(String(item.properties["richTextValue"] ?? "")),
      );
    default:
      return unknown(item.name);
  }
}

/** Makes the element as the platform does: the record, then the properties that the page gives it. */
async function showOurs({ name, properties }: ComponentItem, { record }: PageContext): Promise<Node> {
  const load = components[name];
  if (load === undefined) return unknown(name);
  const { default: constructor } = await load();
  const tag = name.replace(":", "-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const element = createElement(tag, { is: constructor });
  const given = record === undefined ? {} : { recordId: record.id, objectApiName: record.page.object };
  for (const [property, value] of Object.entries({ ...given, ...properties })) {
    if (property in element) Object.assign(element, { [property]: value });
  }
  return element;
}

const unknown = (name: string): HTMLElement =>
  h("div", { class: "earshot-unknown" }, `${name} is not part of the sandbox.`);

const toPlainText = (html: string): string => new DOMParser().parseFromString(html, "text/html").body.innerText;
