import { createElement } from "lwc";
import SocialRoutes from "c/socialRoutes";

const PUBLIC = { kind: "Public reply", label: "In public", isPrivate: false };
const PRIVATE = { kind: "Private message", label: "In private", isPrivate: true };

async function show(routes, value) {
  const element = createElement("c-social-routes", { is: SocialRoutes });
  Object.assign(element, { routes, value });
  document.body.appendChild(element);
  await Promise.resolve();
  return element;
}

const radios = (element) => [...element.shadowRoot.querySelectorAll("input")];

afterEach(() => document.body.replaceChildren());

describe("c-social-routes", () => {
  test("is a named group of radio buttons, the chosen one checked", async () => {
    const element = await show([PUBLIC, PRIVATE], PRIVATE.kind);
    expect(element.shadowRoot.querySelector("fieldset > legend").textContent).toBe("c.Social_Route");
    expect(radios(element).map((radio) => radio.closest("label").textContent)).toEqual(["In public", "In private"]);
    expect(radios(element).map((radio) => radio.checked)).toEqual([false, true]);
  });

  test("without a value none is chosen", async () => {
    expect(radios(await show([PUBLIC, PRIVATE])).map((radio) => radio.checked)).toEqual([false, false]);
  });

  test("a blocked way cannot be chosen and says why", async () => {
    const element = await show([PUBLIC, { ...PRIVATE, blocked: "They take no messages." }], PUBLIC.kind);
    expect(radios(element).map((radio) => radio.disabled)).toEqual([false, true]);
    expect(element.shadowRoot.querySelector(".remark").textContent).toBe("They take no messages.");
  });

  test("says what was chosen", async () => {
    const element = await show([PUBLIC, PRIVATE], PUBLIC.kind);
    const onChoose = jest.fn();
    element.addEventListener("choose", (event) => onChoose(event.detail));
    radios(element)[1].click();
    expect(onChoose).toHaveBeenCalledWith({ kind: "Private message" });
  });
});
