import { createElement } from "lwc";
import SocialConversation from "c/socialConversation";
import { MOST, NEWEST, toEarlier, toLater, toRange } from "../window";

const rowsOf = (count, from = 0) =>
  Array.from({ length: count }, (_, n) => ({
    id: `p${from + n}`,
    item: { id: `p${from + n}`, text: `${from + n}`, author: {}, atMs: n },
  }));

describe("the window on a long conversation", () => {
  const rows = rowsOf(1000);
  const repeat = (times, step, shown) => (times === 0 ? shown : repeat(times - 1, step, step(rows, shown)));

  test("begins with the newest", () => {
    expect(toRange(rows, NEWEST)).toEqual({ from: 950, to: 1000 });
    expect(toRange(rows.slice(0, 3), NEWEST)).toEqual({ from: 0, to: 3 });
  });

  test("grows to the past up to its most, then moves", () => {
    expect(toRange(rows, toEarlier(rows, NEWEST))).toEqual({ from: 900, to: 1000 });
    expect(toRange(rows, repeat(5, toEarlier, NEWEST))).toEqual({ from: 700, to: 900 });
    expect(toRange(rows, repeat(50, toEarlier, NEWEST))).toEqual({ from: 0, to: MOST });
  });

  test("comes back to the newest, also to those that came meanwhile", () => {
    const far = repeat(10, toEarlier, NEWEST);
    const back = repeat(10, toLater, far);
    expect(toRange(rows, back)).toEqual({ from: 800, to: 1000 });
    expect(toRange([...rows, ...rowsOf(1, 1000)], back).to).toBe(1001);
    expect(toRange([...rows, ...rowsOf(1, 1000)], far)).toEqual(toRange(rows, far));
  });
});

describe("c-social-conversation", () => {
  const settle = () => Promise.resolve().then(() => Promise.resolve());
  const idsOf = ({ shadowRoot }) => [...shadowRoot.querySelectorAll("c-social-post")].map(({ item }) => item.id);

  async function show(properties) {
    const element = createElement("c-social-conversation", { is: SocialConversation });
    Object.assign(element, { label: "Public", ...properties });
    document.body.appendChild(element);
    await settle();
    return element;
  }

  afterEach(() => document.body.replaceChildren());

  test("asks for older ones only when it has shown all it has, and shows them when they come", async () => {
    const onOlder = jest.fn();
    const element = await show({ rows: rowsOf(60, 40), hasOlder: true });
    element.addEventListener("older", onOlder);
    const click = async () => {
      element.shadowRoot.querySelector(".earlier").click();
      await settle();
    };
    await click();
    expect(onOlder).not.toHaveBeenCalled();
    expect(idsOf(element)[0]).toBe("p40");
    await click();
    expect(onOlder).toHaveBeenCalledTimes(1);
    element.rows = rowsOf(100);
    element.hasOlder = false;
    await settle();
    expect(idsOf(element)[0]).toBe("p0");
    expect(element.shadowRoot.querySelector(".earlier")).toBeNull();
  });

  test("passes on what its posts say, and can be scrolled by keyboard", async () => {
    const onAnswer = jest.fn();
    const element = await show({ rows: rowsOf(1) });
    element.addEventListener("answer", ({ detail }) => onAnswer(detail));
    element.shadowRoot
      .querySelector("c-social-post")
      .dispatchEvent(new CustomEvent("answer", { detail: { postId: "p0" } }));
    expect(onAnswer).toHaveBeenCalledWith({ postId: "p0" });
    expect(element.shadowRoot.querySelector(".scroller").tabIndex).toBe(0);
  });
});
