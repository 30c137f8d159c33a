import { openTestOrg, queryPath, type TestOrg } from "../testing/open-test-org.ts";

let place: TestOrg;

beforeAll(async () => {
  place = await openTestOrg();
});

afterAll(() => place[Symbol.asyncDispose]());

async function created(request: string, body: unknown): Promise<string> {
  const answer = await place.call("ada", request, { body });
  expect(answer).toMatchObject({ status: 201 });
  return (answer.body as { id: string }).id;
}

describe("addresses", () => {
  test("versions from 50 to 66 are spoken, others are not found", async () => {
    const versions = (await (await fetch(`${place.url}/services/data`)).json()) as Record<string, string>[];
    expect(versions.map((each) => each["version"])).toEqual(Array.from({ length: 17 }, (_, at) => `${50 + at}.0`));
    expect(versions[0]?.["label"]).toBe("Winter '21");
    expect(versions.at(-1)?.["label"]).toBe("Spring '26");
    expect(await place.call("ada", "GET /services/data/v50.0/limits")).toMatchObject({ status: 200 });
    expect(await place.call("ada", "GET /services/data/v49.0/limits")).toMatchObject({ status: 404 });
  });

  test("a doubled slash at the front is one slash", async () => {
    const token = place.org.tokenFor("ada@nordwind.example");
    const answer = await fetch(`${place.url}//services/data/v66.0/limits`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
  });

  test("a segment too many, or an unknown resource, is NOT_FOUND", async () => {
    const notFound = {
      status: 404,
      body: [{ errorCode: "NOT_FOUND", message: "The requested resource does not exist" }],
    };
    const upsert = "PATCH /sobjects/Social_Persona__c/External_Key__c/n/ew";
    expect(await place.call("connector", upsert, { body: {} })).toMatchObject(notFound);
    expect(await place.call("ada", "GET /nonsense")).toMatchObject(notFound);
    expect(await place.call("ada", "GET /sobjects/Nope__c/describe")).toMatchObject(notFound);
    expect(await place.call("ada", "GET /sobjects/Case/500SB0000000099AAA")).toMatchObject(notFound);
  });

  test("what Salesforce offers beside the REST API is NOT_FOUND, whoever asks", async () => {
    for (const path of ["Soap/m/66.0", "Soap/u/66.0", "apexrest/anything"]) {
      const answer = await fetch(`${place.url}/services/${path}`, { method: "POST", body: "<soap:Envelope/>" });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject([{ errorCode: "NOT_FOUND" }]);
    }
    expect((await fetch(`${place.url}/services/data/v66.0/nothing`)).status).toBe(401);
  });

  test("another method is METHOD_NOT_ALLOWED", async () => {
    expect(await place.call("ada", "PUT /sobjects/Case")).toMatchObject({
      status: 405,
      body: [{ errorCode: "METHOD_NOT_ALLOWED" }],
    });
  });

  test("more than 16 KB of address are refused with 414, and just less are answered", async () => {
    const long = (length: number): string => queryPath(`SELECT Id FROM Case WHERE Subject = '${"x".repeat(length)}'`);
    expect(await place.call("ada", `GET ${long(255)}`)).toMatchObject({ status: 200 });
    expect(await place.call("ada", `GET ${long(16_000)}`)).toMatchObject({ status: 200 });
    expect(await place.call("ada", `GET ${long(16_400)}`)).toMatchObject({ status: 414 });
  });
});

describe("values", () => {
  const caseId = "500SB0000000001YAA";

  test.each<[string, Record<string, unknown>, string, string]>([
    ["Case", { Nope__c: 1 }, "INVALID_FIELD", "No such column 'Nope__c' on sobject of type Case"],
    ["Contact", {}, "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]"],
    ["Case", { Subject: "x".repeat(256) }, "STRING_TOO_LONG", "(max length=255)"],
    ["Case", { SuppliedEmail: "nope" }, "INVALID_EMAIL_ADDRESS", "invalid email address: nope"],
    ["Case", { ContactId: "nope" }, "MALFORMED_ID", "id value of incorrect type"],
    ["Case", { ContactId: caseId }, "MALFORMED_ID", "id value of incorrect type"],
    ["Case", { ContactId: "003SB0000000099AAA" }, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"],
    ["Case", { IsClosed: true }, "INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: IsClosed"],
    ["Case", { CreatedDate: "2026-01-01" }, "INVALID_FIELD_FOR_INSERT_UPDATE", "CreatedDate"],
    ["Case", { IsEscalated: "perhaps" }, "JSON_PARSER_ERROR", "Cannot deserialize instance of boolean"],
    ["Social_Post__c", { Posted_At__c: "yesterday" }, "JSON_PARSER_ERROR", "Cannot deserialize instance of datetime"],
    ["Social_Post__c", { Version__c: 1e18 }, "NUMBER_OUTSIDE_VALID_RANGE", "outside of valid range"],
    [
      "Social_Post__c",
      { Visibility__c: "secret" },
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      "bad value for restricted picklist field: secret",
    ],
    [
      "Social_Post__c",
      { Persona__r: { External_Key__c: "Nobody" } },
      "INVALID_FIELD",
      "Foreign key external ID: nobody not found for field External_Key__c in entity Social_Persona__c",
    ],
    ["Social_Post__c", { Persona__r: { Handle__c: "x" } }, "INVALID_FIELD", "not an external ID"],
  ])("%s %j: %s", async (object, body, errorCode, message) => {
    const answer = await place.call("ada", `POST /sobjects/${object}`, { body });
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode }] });
    expect((answer.body as { message: string }[])[0]?.message).toContain(message);
  });

  test("a body that is no JSON is JSON_PARSER_ERROR", async () => {
    expect(await place.call("ada", "POST /sobjects/Case", { body: "{ nope" })).toMatchObject({
      status: 400,
      body: [{ errorCode: "JSON_PARSER_ERROR" }],
    });
  });

  test("a value that must be unique names the row that has it, with regard to case", async () => {
    const id = await created("POST /sobjects/Social_Persona__c", { External_Key__c: "Unique" });
    await created("POST /sobjects/Social_Persona__c", { External_Key__c: "unique" });
    const body = { External_Key__c: "Unique" };
    expect(await place.call("ada", "POST /sobjects/Social_Persona__c", { body })).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: "DUPLICATE_VALUE",
          message: `duplicate value found: External_Key__c duplicates value on record with id: ${id.slice(0, 15)}`,
        },
      ],
    });
  });

  test("a single upsert by key creates with 201, updates with 200, and takes no key in its body", async () => {
    const request = `PATCH /sobjects/Social_Persona__c/External_Key__c/${encodeURIComponent("m:h/1?")}`;
    expect(await place.call("ada", request, { body: { Handle__c: "a" } })).toMatchObject({
      status: 201,
      body: { created: true },
    });
    expect(await place.call("ada", request, { body: { Handle__c: "b" } })).toMatchObject({
      status: 200,
      body: { created: false },
    });
    expect(await place.call("ada", request.replace("PATCH", "GET"))).toMatchObject({
      status: 200,
      body: { External_Key__c: "m:h/1?", Handle__c: "b" },
    });
    expect(await place.call("ada", request, { body: { External_Key__c: "m:h/1?" } })).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_FIELD" }],
    });
  });

  test("broken UTF-16, right-to-left and a text of a megabyte do no harm", async () => {
    const body = `{"Subject":"\\ud800 \u202e\u05e9\u05dc","Description":"${"x".repeat(32_000)}"}`;
    const id = await created("POST /sobjects/Case", body);
    expect(await place.call("ada", `GET /sobjects/Case/${id}?fields=Subject`)).toMatchObject({
      status: 200,
      body: { Subject: "\ufffd \u202e\u05e9\u05dc" },
    });
    const tooLong = { Description: "x".repeat(1_000_000) };
    expect(await place.call("ada", "POST /sobjects/Case", { body: tooLong })).toMatchObject({
      status: 400,
      body: [{ errorCode: "STRING_TOO_LONG", fields: ["Description"] }],
    });
  });
});

test("a used-up day is REQUEST_LIMIT_EXCEEDED", async () => {
  await using poor = await openTestOrg({ dailyApiRequests: 1 });
  const first = await poor.call("ada", "GET /limits");
  expect([first.status, first.headers.get("sforce-limit-info")]).toEqual([200, "api-usage=1/1"]);
  expect(await poor.call("ada", "GET /limits")).toMatchObject({
    status: 403,
    body: [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." }],
  });
  await fetch(`${poor.url}/sandbox/limits`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dailyApiRequests: 10 }),
  });
  expect(await poor.call("ada", "GET /limits")).toMatchObject({ status: 200 });
});
