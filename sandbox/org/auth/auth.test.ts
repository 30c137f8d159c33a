import { openTestOrg, queryPath, type TestOrg } from "../testing/open-test-org.ts";

let place: TestOrg;

beforeAll(async () => {
  place = await openTestOrg();
});

afterAll(() => place[Symbol.asyncDispose]());

describe("sessions", () => {
  test.each([
    ["no token", {}],
    ["a made-up token", { authorization: "Bearer 00DSB0000000001!made.up.token" }],
    ["a cookie without X-Requested-With", { cookie: "sid=TOKEN" }],
  ])("%s is INVALID_SESSION_ID", async (_, headers) => {
    const token = encodeURIComponent(place.org.tokenFor("rita@nordwind.example"));
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace("TOKEN", token)]),
    );
    const answer = await fetch(`${place.url}/services/data/v66.0/limits`, { headers: sent });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual([{ errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" }]);
  });

  test("the page's cookie counts beside X-Requested-With, and its calls are not metered", async () => {
    const token = encodeURIComponent(place.org.tokenFor("rita@nordwind.example"));
    const headers = { cookie: `a=b; sid=${token}`, "x-requested-with": "fetch" };
    const before = (await place.call("ada", "GET /limits")).body;
    const answer = await fetch(`${place.url}/services/data/v66.0${queryPath("SELECT Id FROM Case")}`, { headers });
    expect(answer.status).toBe(200);
    const after = (await place.call("ada", "GET /limits")).body;
    const remaining = (body: unknown): number =>
      (body as { DailyApiRequests: { Remaining: number } }).DailyApiRequests.Remaining;
    expect(remaining(before) - remaining(after)).toBe(1);
  });

  test("the sandbox's own grant acts as any user", async () => {
    const form = { client_id: "sandbox", client_secret: "sandbox", grant_type: "urn:earshot:sandbox-user" };
    const token = (username: string): Promise<Response> =>
      fetch(`${place.url}/services/oauth2/token`, { method: "POST", body: new URLSearchParams({ ...form, username }) });
    const granted = (await (await token("sam@nordwind.example")).json()) as { access_token: string };
    expect(granted.access_token).toMatch(/^00D\w{12}!/);
    const who = await fetch(`${place.url}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${granted.access_token}` },
    });
    expect(await who.json()).toMatchObject({ preferred_username: "sam@nordwind.example" });
    expect((await token("nobody@nordwind.example")).status).toBe(400);
  });

  test("client errors are told as Salesforce tells them", async () => {
    const ask = async (form: Record<string, string>): Promise<unknown> => {
      const answer = await fetch(`${place.url}/services/oauth2/token`, {
        method: "POST",
        body: new URLSearchParams({ client_id: "sandbox", client_secret: "sandbox", ...form }),
      });
      return [answer.status, await answer.json()];
    };
    expect(await ask({ grant_type: "client_credentials", client_secret: "no" })).toEqual([
      401,
      { error: "invalid_client", error_description: "invalid client credentials" },
    ]);
    expect(await ask({ grant_type: "client_credentials", client_id: "no" })).toEqual([
      400,
      { error: "invalid_client_id", error_description: "client identifier invalid" },
    ]);
    expect(await ask({ grant_type: "password" })).toEqual([
      400,
      { error: "unsupported_grant_type", error_description: "grant type not supported" },
    ]);
  });
});
