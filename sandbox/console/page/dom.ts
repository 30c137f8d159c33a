type Child = Node | string | undefined;

export interface Attributes {
  readonly class?: string;
  readonly onclick?: (event: MouseEvent) => void;
  readonly [attribute: string]: string | boolean | ((event: MouseEvent) => void) | undefined;
}

/** An element with attributes and children. `false` and undefined attributes are left out; text stays text. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") (element as HTMLElement).addEventListener("click", value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A picture of the design system, such as `standard:case`. It says nothing to a screen reader: name things in words. */
export function icon(name: string, size: "xx-small" | "x-small" | "small" | "medium" = "small"): HTMLElement {
  const [set = "utility", symbol = ""] = name.split(":");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `slds-icon slds-icon_${size}${set === "utility" ? " slds-icon-text-default" : ""}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/slds/icons/${set}-sprite/svg/symbols.svg#${symbol}`);
  svg.append(use);
  const box = h("span", { class: `slds-icon_container slds-icon-${set}-${symbol.replaceAll("_", "-")}` });
  box.append(svg);
  return box;
}

export function button(label: string, onclick: () => void, kind: "neutral" | "brand" = "neutral"): HTMLButtonElement {
  return h("button", { class: `slds-button slds-button_${kind}`, type: "button", onclick }, label);
}

/** A button that shows a picture only; `label` is what it is called. */
export function iconButton(name: string, label: string, onclick: () => void): HTMLButtonElement {
  const picture = icon(name, "xx-small");
  return h(
    "button",
    { class: "slds-button slds-button_icon", type: "button", title: label, onclick },
    picture,
    hidden(label),
  );
}

/** Words for a screen reader only. */
export const hidden = (text: string): HTMLElement => h("span", { class: "slds-assistive-text" }, text);
