/**
 * Makes an element. Properties are set as properties, `data` and `aria` as attributes; strings among the children become
 * text, so nothing that a person wrote is ever read as HTML. Children that are false, null or undefined are left out.
 */
export function element(name, { aria = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(aria)) made.setAttribute(`aria-${key}`, value);
  made.append(...children.flat().filter((child) => child !== false && child != null));
  return made;
}

export const byId = (id) => document.getElementById(id);

export const avatar = (account, size) =>
  element("img", { src: account.avatar, alt: "", width: size, height: size, loading: "lazy" });
