import type { SessionAnswer } from "../contract.ts";
import { h, hidden, icon } from "./dom.ts";
import { searchBox } from "./search-box.ts";

/** The bar on top: whose org this is, search, and who is signed in. */
export function globalHeader(session: SessionAnswer): HTMLElement {
  return h(
    "header",
    { class: "earshot-header" },
    h("span", { class: "earshot-logo" }, icon("utility:connected_apps"), "Nordwind"),
    h("span", { class: "earshot-sandbox" }, "Sandbox: Earshot"),
    searchBox(),
    userMenu(session),
  );
}

/** A disclosure with one link per person. A link loads the page anew: everything is theirs then. */
function userMenu({ name, username, users }: SessionAnswer): HTMLElement {
  const people = users.map((user) =>
    h(
      "li",
      {},
      h(
        "a",
        {
          href: `/?user=${encodeURIComponent(user.username)}`,
          "data-reload": true,
          ...(user.username === username ? { "aria-current": "true" } : {}),
        },
        h("span", { class: "earshot-avatar", "aria-hidden": "true" }, initials(user.name)),
        h("span", {}, user.name, h("span", { class: "earshot-user__profile" }, user.profile)),
      ),
    ),
  );
  const menu = h(
    "details",
    { class: "earshot-user" },
    h(
      "summary",
      {},
      h("span", { class: "earshot-avatar", "aria-hidden": "true" }, initials(name)),
      h("span", { class: "earshot-user__name" }, name),
      hidden("signed in; switch user"),
    ),
    h("div", { class: "earshot-user__menu" }, h("h2", {}, "Switch user"), h("ul", {}, ...people)),
  );
  document.addEventListener("click", (event) => {
    if (!event.composedPath().includes(menu)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menu.open = false;
  });
  return menu;
}

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join("")
    .toUpperCase();
