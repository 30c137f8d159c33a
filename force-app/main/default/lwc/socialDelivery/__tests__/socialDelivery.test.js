import { createElement } from "lwc";
import SocialDelivery from "c/socialDelivery";

jest.mock("@salesforce/label/c.Social_By_Sender", () => ({ default: "by {0}" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_Decision_Asked", () => ({ default: "You chose {0}" }), { virtual: true });

async function show(reply, properties = { canDecide: true }) {
  const element = createElement("c-social-delivery", { is: SocialDelivery });
  Object.assign(element, { reply: { id: "r", ...reply }, ...properties });
  document.body.appendChild(element);
  await Promise.resolve();
  return element;
}

const buttons = (element) => [...element.shadowRoot.querySelectorAll("lightning-button")];
const labelsOf = (element) => buttons(element).map((button) => button.label);

afterEach(() => document.body.replaceChildren());

describe("c-social-delivery", () => {
  test.each([
    ["Draft", "c.Social_Draft", []],
    ["Pending approval", "c.Social_Pending", []],
    ["Queued", "c.Social_Queued", []],
    ["Sending", "c.Social_Sending", []],
    ["Sent", "c.Social_Sent", []],
    ["Failed", "c.Social_Failed", ["c.Social_Retry"]],
    ["Checking", "c.Social_Checking", ["c.Social_Was_Sent", "c.Social_Send_Again"]],
    ["Something new", "Something new", []],
  ])("%s", async (status, word, decisions) => {
    const element = await show({ status });
    expect(element.shadowRoot.querySelector(".word").textContent).toBe(word);
    expect(labelsOf(element)).toEqual(decisions);
  });

  test("says who sent it", async () => {
    const element = await show({ status: "Sent", sender: "Rita Rep" });
    expect(element.shadowRoot.querySelector(".sender").textContent).toBe("by Rita Rep");
  });

  test("says why it failed, but keeps an old reason from a reply that is on its way again", async () => {
    const detail = "The post was deleted.";
    expect((await show({ status: "Failed", detail })).shadowRoot.querySelector(".detail").textContent).toBe(detail);
    expect((await show({ status: "Sending", detail })).shadowRoot.querySelector(".detail")).toBeNull();
  });

  test.each([
    ["Failed", 0, "Retry"],
    ["Checking", 0, "Was sent"],
    ["Checking", 1, "Send again"],
  ])("%s, button %i decides %s", async (status, index, decision) => {
    const element = await show({ status });
    const onDecide = jest.fn();
    element.addEventListener("decide", (event) => onDecide(event.detail));
    buttons(element)[index].click();
    expect(onDecide).toHaveBeenCalledWith({ replyId: "r", decision });
  });

  test("who may not decide sees no buttons", async () => {
    expect(buttons(await show({ status: "Failed" }, { canDecide: false }))).toEqual([]);
  });

  test("a decision under way shows, and cannot be made twice", async () => {
    expect(buttons(await show({ status: "Failed" }, { canDecide: true, isBusy: true }))[0].disabled).toBe(true);
    const asked = await show({ status: "Checking", decision: "Send again" });
    expect(buttons(asked)).toEqual([]);
    expect(asked.shadowRoot.querySelector('[role="status"]').textContent).toBe("You chose c.Social_Send_Again");
  });
});
