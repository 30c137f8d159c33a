import { createElement } from "lwc";
import SocialWhen from "c/socialWhen";

const AT = Date.parse("2026-11-22T12:00:00Z");

async function show(atMs) {
  const element = createElement("c-social-when", { is: SocialWhen });
  element.atMs = atMs;
  document.body.appendChild(element);
  await Promise.resolve();
  return element.shadowRoot;
}

afterEach(() => document.body.replaceChildren());

describe("c-social-when", () => {
  test("gives the base component a number, and the whole date beside it", async () => {
    const root = await show(AT);
    expect(root.querySelector("lightning-relative-date-time").value).toBe(AT);
    const time = root.querySelector("time");
    expect(time.getAttribute("datetime")).toBe("2026-11-22T12:00:00.000Z");
    expect(time.title).toContain("2026");
  });

  test.each([[undefined], [NaN]])("shows nothing for %s", async (atMs) => {
    const root = await show(atMs);
    expect(root.querySelector("time")).toBeNull();
  });
});
