import type { PageItem, PageLayout, Region } from "../contract.ts";
import { detailPanel } from "./detail-panel.ts";
import { h } from "./dom.ts";
import type { LiveRecord } from "./live-record.ts";
import { showComponent } from "./page-component.ts";
import type { PageContext } from "./page-context.ts";

/** The regions of a page, side by side where its template says so. */
export async function showRegions(layout: PageLayout, record?: LiveRecord): Promise<HTMLElement> {
  const context: PageContext = {
    layout,
    record,
    showFacet: async (name) => {
      const facet = layout.regions.find((region) => region.isFacet && region.name === name);
      return facet === undefined ? [] : showItems(facet, context);
    },
  };
  const regions = await Promise.all(
    layout.regions
      .filter(({ isFacet }) => !isFacet)
      .map(async (region) =>
        h(
          "div",
          { class: `earshot-region earshot-region_${toKind(region.name)}` },
          ...(await showItems(region, context)),
        ),
      ),
  );
  return h("div", { class: "earshot-page" }, ...regions);
}

async function showItems({ items }: Region, context: PageContext): Promise<Node[]> {
  const shown = await Promise.all(
    items.map((item) => (item.kind === "component" ? showComponent(item, context) : Promise.resolve(undefined))),
  );
  const fields = items.filter((item): item is Extract<PageItem, { kind: "field" }> => item.kind === "field");
  const section = fields.length > 0 ? detailPanel(context.record, toSections(fields)) : undefined;
  return [...shown, section].filter((node) => node !== undefined);
}

const toSections = (fields: readonly { readonly field: string }[]) => [
  { label: "", columns: [fields.map(({ field }) => field)] },
];

/** Templates name their regions differently: a header lies across, a sidebar beside the main one. */
function toKind(name: string): "header" | "sidebar" | "main" {
  if (/header/i.test(name)) return "header";
  return /sidebar|right/i.test(name) ? "sidebar" : "main";
}
