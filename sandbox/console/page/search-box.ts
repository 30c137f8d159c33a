import { h, icon } from "./dom.ts";
import { currentRoute, navigate, onNavigate } from "./navigation.ts";
import { searchUrl } from "./routes.ts";

/** The search in the bar on top. It keeps the words as long as their results show. */
export function searchBox(): HTMLElement {
  const input = h("input", {
    ...{ class: "slds-input", type: "search", name: "term", placeholder: "Search...", autocomplete: "off" },
    "aria-label": "Search",
  });
  const form = h("form", { class: "earshot-search", role: "search" }, icon("utility:search", "x-small"), input);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const term = input.value.trim();
    if (term !== "") navigate(searchUrl(term));
  });
  const show = (): void => {
    const route = currentRoute();
    input.value = route.kind === "search" ? route.term : "";
  };
  onNavigate(show);
  show();
  return form;
}
