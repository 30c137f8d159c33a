import { openRefresh } from "c/socialRefresh";

let refresher;
let visibility;

beforeEach(() => {
  jest.useFakeTimers();
  visibility = "visible";
  jest.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
});

afterEach(() => {
  refresher.close();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** A refresh that ends when told to. */
function openSlow() {
  const ends = [];
  const refresh = jest.fn(() => new Promise((resolve, reject) => ends.push({ resolve, reject })));
  return { refresh, end: (index) => ends[index].resolve(), fail: (index, error) => ends[index].reject(error) };
}

describe("c/socialRefresh", () => {
  test("refreshes every five seconds, not before", async () => {
    const refresh = jest.fn().mockResolvedValue();
    refresher = openRefresh(refresh);
    await jest.advanceTimersByTimeAsync(4999);
    expect(refresh).toHaveBeenCalledTimes(0);
    await jest.advanceTimersByTimeAsync(10_001);
    expect(refresh).toHaveBeenCalledTimes(3);
  });

  test("rests while the page is hidden and catches up when it shows", async () => {
    const refresh = jest.fn().mockResolvedValue();
    refresher = openRefresh(refresh);
    visibility = "hidden";
    document.dispatchEvent(new CustomEvent("visibilitychange"));
    await jest.advanceTimersByTimeAsync(20_000);
    expect(refresh).toHaveBeenCalledTimes(0);
    visibility = "visible";
    document.dispatchEvent(new CustomEvent("visibilitychange"));
    await jest.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test("refreshes at once when the window is turned to", async () => {
    const refresh = jest.fn().mockResolvedValue();
    refresher = openRefresh(refresh);
    window.dispatchEvent(new CustomEvent("focus"));
    await jest.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test("never runs two at a time", async () => {
    const { refresh, end } = openSlow();
    refresher = openRefresh(refresh);
    await jest.advanceTimersByTimeAsync(15_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    end(0);
    await jest.advanceTimersByTimeAsync(5000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  test("`now` runs after the one under way, which may have read too early", async () => {
    const { refresh, end } = openSlow();
    const onDone = jest.fn();
    refresher = openRefresh(refresh);
    await jest.advanceTimersByTimeAsync(5000);
    refresher.now().then(onDone);
    await jest.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(1);
    end(0);
    await jest.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(2);
    expect(onDone).not.toHaveBeenCalled();
    end(1);
    await jest.advanceTimersByTimeAsync(0);
    expect(onDone).toHaveBeenCalledTimes(1);
  });

  test("says how each refresh ended and goes on after a failure", async () => {
    const error = new Error("offline");
    const refresh = jest.fn().mockRejectedValueOnce(error).mockResolvedValue();
    const onResult = jest.fn();
    refresher = openRefresh(refresh, { onResult });
    await jest.advanceTimersByTimeAsync(10_000);
    expect(onResult.mock.calls).toEqual([[error], [undefined]]);
  });

  test("is silent once closed, even about the refresh under way", async () => {
    const { refresh, end } = openSlow();
    const onResult = jest.fn();
    refresher = openRefresh(refresh, { onResult });
    await jest.advanceTimersByTimeAsync(5000);
    refresher.close();
    end(0);
    window.dispatchEvent(new CustomEvent("focus"));
    await refresher.now();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(onResult).not.toHaveBeenCalled();
  });
});
