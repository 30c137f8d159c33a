import { element } from "./element.js";

const kept = new Set(["P", "BR", "SPAN", "A"]);
const classes = new Set(["mention", "u-url", "h-card", "hashtag", "invisible", "ellipsis"]);

/** A post's content as nodes. The HTML is parsed aside and copied: only paragraphs, breaks, spans and web links pass. */
export function toWords(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return element("div", { className: "words", dir: "auto" }, [...parsed.body.childNodes].map(copy));
}

function copy(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  const children = [...node.childNodes].map(copy).flat();
  if (!kept.has(node.nodeName)) return children;
  const made = element(node.nodeName.toLowerCase(), {}, children);
  made.classList.add(...[...node.classList].filter((name) => classes.has(name)));
  if (node.nodeName === "A" && /^https?:/i.test(node.href)) {
    made.href = node.href;
    made.rel = "nofollow noopener noreferrer";
  }
  return made;
}
