import { createElement } from "lwc";
import SocialPanel from "c/socialPanel";

const ERRORS = [{ message: "Row locked" }];
const WORDS = { emptyLabel: "Nothing yet", emptyHint: "Wait for it" };

async function show(properties) {
  const element = createElement("c-social-panel", { is: SocialPanel });
  Object.assign(element, WORDS, properties);
  document.body.appendChild(element);
  await Promise.resolve();
  const { shadowRoot } = element;
  return {
    isLoading: shadowRoot.querySelector("lightning-spinner") !== null,
    error: shadowRoot.querySelector("c-social-error")?.error,
    paused: shadowRoot.querySelector('[role="status"]')?.textContent,
    empty: shadowRoot.querySelector(".empty")?.textContent,
  };
}

const QUIET = { isLoading: false, error: undefined, paused: undefined, empty: undefined };

afterEach(() => document.body.replaceChildren());

describe("c-social-panel", () => {
  test.each([
    ["before the first answer", {}, { ...QUIET, isLoading: true }],
    ["data", { hasData: true }, QUIET],
    ["no data, as it should be", { hasData: true, isEmpty: true }, { ...QUIET, empty: "Nothing yetWait for it" }],
    ["an error instead of data", { errors: ERRORS, isEmpty: true }, { ...QUIET, error: ERRORS }],
    ["an error after data", { hasData: true, errors: ERRORS }, { ...QUIET, paused: "c.Social_Paused" }],
    ["a failed refresh after data", { hasData: true, isRefreshFailed: true }, { ...QUIET, paused: "c.Social_Paused" }],
    ["a failed refresh before data", { isRefreshFailed: true }, { ...QUIET, isLoading: true }],
  ])("%s", async (_what, properties, expected) => {
    expect(await show(properties)).toEqual(expected);
  });
});
