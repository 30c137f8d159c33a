import type { AppAnswer } from "../contract.ts";
import { h, hidden, icon } from "./dom.ts";

export interface NavigationBar {
  readonly element: HTMLElement;
  /** Shows where one is: the tab whose address leads to this place. */
  mark(pathname: string): void;
}

/** The app's name and its tabs. */
export function navigationBar({ label, tabs }: AppAnswer): NavigationBar {
  const links = tabs.map(({ label: text, url, icon: picture }) =>
    h("a", { class: "earshot-nav__link", href: url }, icon(picture, "x-small"), text),
  );
  const list = h("ul", { class: "earshot-nav__list" }, ...links.map((link) => h("li", {}, link)));
  const waffle = h("span", { class: "earshot-nav__waffle", "aria-hidden": "true" });
  waffle.append(...Array.from({ length: 9 }, () => h("span")));
  return {
    element: h(
      "nav",
      { class: "earshot-nav", "aria-label": "App" },
      waffle,
      h("span", { class: "earshot-nav__app" }, hidden("App: "), label),
      list,
    ),
    mark(pathname) {
      const place = placeOf(pathname);
      for (const link of links) {
        if (placeOf(new URL(link.href).pathname) === place) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
  };
}

/** A record belongs to its object's tab: `/lightning/r/Case/500…/view` to `/lightning/o/Case/list`. */
const placeOf = (pathname: string): string => pathname.split("/").slice(2, 4).join("/").replace(/^r\//, "o/");
