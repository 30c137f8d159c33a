import { createElement } from "lwc";
import { getRecord } from "lightning/uiRecordApi";
import SocialClock from "c/socialClock";

const at = (minute) => ({ value: new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString() });
const heard = { Social_Posted_At__c: at(0), Social_Detected_At__c: at(1), Social_Triaged_At__c: at(3) };

async function show(fields, nowMinute) {
  jest.spyOn(Date, "now").mockReturnValue(Date.parse(at(nowMinute).value));
  const element = createElement("c-social-clock", { is: SocialClock });
  element.recordId = "500A";
  document.body.appendChild(element);
  getRecord.emit({ apiName: "Case", fields });
  await Promise.resolve();
  const $ = (selector) => element.shadowRoot.querySelector(selector);
  return {
    verdict: $(".verdict")?.className.split("_")[1],
    took: [...element.shadowRoot.querySelectorAll(".took")].length,
    done: [...element.shadowRoot.querySelectorAll(".step_done")].length,
    isEmpty: $("c-social-panel").isEmpty,
  };
}

afterEach(() => {
  document.body.replaceChildren();
  jest.restoreAllMocks();
});

test.each([
  ["there is time", {}, 10, "open"],
  ["the time has passed", {}, 31, "overdue"],
  ["answered in time", { Social_First_Response_At__c: at(29) }, 90, "met"],
  ["answered late", { Social_First_Response_At__c: at(40) }, 90, "missed"],
])("%s", async (_what, more, now, verdict) => {
  const shown = await show({ ...heard, Social_Response_Due__c: at(30), ...more }, now);
  expect(shown.verdict).toBe(verdict);
  expect(shown.done).toBe(3 + Object.keys(more).length);
  expect(shown.took).toBe(2 + Object.keys(more).length);
});

test("a Case that did not begin with a post has no times", async () => {
  expect(await show({ Social_Posted_At__c: { value: null } }, 0)).toMatchObject({ isEmpty: true, done: 0 });
});
