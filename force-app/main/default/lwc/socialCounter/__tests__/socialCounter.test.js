import { createElement } from "lwc";
import SocialCounter from "c/socialCounter";

jest.mock("@salesforce/label/c.Social_Over_Limit", () => ({ default: "{0} too many" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_Characters_Used_Of", () => ({ default: "{0} of {1} characters" }), {
  virtual: true,
});

async function show(properties) {
  const element = createElement("c-social-counter", { is: SocialCounter });
  Object.assign(element, properties);
  document.body.appendChild(element);
  await Promise.resolve();
  return element.shadowRoot;
}

const warning = (root) => root.querySelector('[role="status"]').textContent;

afterEach(() => document.body.replaceChildren());

describe("c-social-counter", () => {
  test.each([
    [{ count: 0, limit: 500 }, "0 / 500", ""],
    [{ count: 500, limit: 500 }, "500 / 500", ""],
    [{ count: 503, limit: 500 }, "503 / 500", "3 too many"],
    [{ count: 503 }, "503", ""],
  ])("%j", async (properties, shown, warned) => {
    const root = await show(properties);
    expect(root.querySelector('[aria-hidden="true"]').textContent).toBe(shown);
    expect(warning(root)).toBe(warned);
  });

  test("is spoken as a sentence", async () => {
    const root = await show({ count: 12, limit: 500 });
    expect(root.querySelector(".slds-assistive-text").textContent).toBe("12 of 500 characters");
  });
});
