import { h } from "./dom.ts";
import { facetOf, type ComponentItem, type PageContext } from "./page-context.ts";

const TITLES: Readonly<Record<string, string>> = {
  "Standard.Tab.detail": "Details",
  "Standard.Tab.relatedLists": "Related",
  "Standard.Tab.activity": "Activity",
  "Standard.Tab.feed": "Feed",
};

let made = 0;

/** A set of tabs: arrow keys move between them, the panel of the chosen one is shown. */
export async function showTabset(item: ComponentItem, context: PageContext): Promise<HTMLElement> {
  const set = ++made;
  const facet = String(item.properties["tabs"] ?? "");
  const items = context.layout.regions.find(({ name }) => name === facet)?.items ?? [];
  const tabs = items.filter((tab): tab is ComponentItem => tab.kind === "component" && tab.name === "flexipage:tab");
  const parts = await Promise.all(
    tabs.map(async (tab, at) => {
      const title = String(tab.properties["title"] ?? "Tab");
      const ids = { tab: `tab-${set}-${at}`, panel: `panel-${set}-${at}` };
      const attributes = { class: "slds-tabs_default__link", role: "tab", href: `#${ids.panel}`, id: ids.tab };
      const link = h("a", { ...attributes, "aria-controls": ids.panel }, TITLES[title] ?? title);
      const panel = h("div", {
        class: "slds-tabs_default__content",
        role: "tabpanel",
        id: ids.panel,
        "aria-labelledby": ids.tab,
      });
      panel.append(...(await context.showFacet(facetOf(tab))));
      return { link, panel, isActive: tab.properties["active"] === true };
    }),
  );
  const choose = (at: number): void => {
    for (const [index, { link, panel }] of parts.entries()) {
      link.parentElement?.classList.toggle("slds-is-active", index === at);
      link.setAttribute("aria-selected", String(index === at));
      link.tabIndex = index === at ? 0 : -1;
      panel.className = `slds-tabs_default__content ${index === at ? "slds-show" : "slds-hide"}`;
    }
  };
  const list = h("ul", { class: "slds-tabs_default__nav", role: "tablist" });
  for (const [at, { link }] of parts.entries()) {
    list.append(h("li", { class: "slds-tabs_default__item", role: "presentation" }, link));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(at);
    });
    link.addEventListener("keydown", ({ key }) => {
      const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
      if (step === 0) return;
      const next = (at + step + parts.length) % parts.length;
      choose(next);
      parts[next]?.link.focus();
    });
  }
  choose(
    Math.max(
      0,
      parts.findIndex(({ isActive }) => isActive),
    ),
  );
  return h("div", { class: "slds-tabs_default slds-card earshot-tabset" }, list, ...parts.map(({ panel }) => panel));
}
