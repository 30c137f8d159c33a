import { createElement } from "lwc";
import SocialError from "c/socialError";

async function show(error) {
  const element = createElement("c-social-error", { is: SocialError });
  element.error = error;
  document.body.appendChild(element);
  await Promise.resolve();
  return element.shadowRoot;
}

const words = (root) => [...root.querySelectorAll("p")].map((paragraph) => paragraph.textContent);

afterEach(() => document.body.replaceChildren());

describe("c-social-error", () => {
  test("says each sentence, as text", async () => {
    const root = await show([{ message: "Row locked" }, { message: "<b>no</b>" }]);
    expect(words(root)).toEqual(["c.Social_Error", "Row locked", "<b>no</b>"]);
    expect(root.querySelector('[role="alert"]')).not.toBeNull();
  });

  test("names the remedy where the user lacks access, not the query's words", async () => {
    const root = await show([{ message: "Validation error of type FieldUndefined: …" }]);
    expect(words(root)).toEqual(["c.Social_No_Access", "c.Social_No_Access_Remedy"]);
  });

  test("says that a record is not shared, and whom to ask", async () => {
    const root = await show({ status: 404, body: [{ errorCode: "NOT_FOUND", message: "The requested resource…" }] });
    expect(words(root)).toEqual(["c.Social_Not_Shared", "c.Social_Not_Shared_Remedy"]);
    expect(root.querySelector("lightning-icon").iconName).toBe("utility:lock");
  });

  test("an error without words still says something", async () => {
    expect(words(await show({}))).toEqual(["c.Social_Error", "c.Social_Error_Unknown"]);
  });
});
