import { openExampleOrg, type ExampleOrg } from "../../../test/example-org.ts";

let example: ExampleOrg;

beforeEach(async () => {
  example = await openExampleOrg(() => Date.parse("2026-11-22T12:00:00Z"));
});

afterEach(() => example[Symbol.asyncDispose]());

const record = (): string => `/ui-api/records/${example.caseId}`;

describe("reading a record", () => {
  test("gives values with their words, and parents as records", async () => {
    const fields = [
      "Subject",
      "Status",
      "IsClosed",
      "Social_Last_Inbound_At__c",
      "Contact.Email",
      "Owner.Name",
      "AccountId",
    ];
    const query = fields.map((field) => `Case.${field}`).join(",");
    const { status, body } = await example.call("rita", "GET", `${record()}?fields=${query}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      apiName: "Case",
      id: example.caseId,
      lastModifiedDate: "2026-11-22T12:00:00.000Z",
      fields: {
        Subject: { value: "My bag never arrived in Oslo", displayValue: null },
        Status: { value: "New", displayValue: "New" },
        IsClosed: { value: false },
        AccountId: { value: null, displayValue: null },
        Social_Last_Inbound_At__c: { value: "2026-11-22T11:50:00.000Z", displayValue: "11/22/26, 11:50 AM" },
        Contact: {
          displayValue: "Anna Berg",
          value: { apiName: "Contact", id: example.contactId, fields: { Email: { value: "anna@example.com" } } },
        },
        Owner: { displayValue: "Rita Rep", value: { apiName: "User", fields: { Name: { value: "Rita Rep" } } } },
      },
    });
  });

  test("a layout stands for all that the user may see", async () => {
    const { body } = await example.call("nora", "GET", `${record()}?layoutTypes=Full`);
    const { fields } = body as { fields: Record<string, unknown> };
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(["Subject", "Status", "OwnerId"]));
    expect(fields).not.toHaveProperty("Social_Persona__c");
  });

  test("a hidden field is refused when it is needed and left out when it is optional", async () => {
    const path = `/ui-api/records/${example.postIds[2] ?? ""}`;
    const name = "Social_Post__c.Private_Text__c";
    const needed = await example.call("sam", "GET", `${path}?fields=${name}`);
    expect(needed.status).toBe(400);
    expect(needed.body).toMatchObject([{ errorCode: "INVALID_FIELD" }]);
    const optional = await example.call("sam", "GET", `${path}?optionalFields=${name},Social_Post__c.Visibility__c`);
    expect(optional.body).toMatchObject({ fields: { Visibility__c: { value: "private", displayValue: "Private" } } });
    expect(optional.body).not.toHaveProperty("fields.Private_Text__c");
    const allowed = await example.call("rita", "GET", `${path}?fields=${name}`);
    expect(allowed.body).toMatchObject({ fields: { Private_Text__c: { value: "My booking is ZX81QL" } } });
  });

  test("needs to be told which fields, and of which object", async () => {
    for (const query of ["", "?fields=Contact.Name", "?fields=Subject"]) {
      const { status, body } = await example.call("rita", "GET", `${record()}${query}`);
      expect([query, status]).toEqual([query, 400]);
      expect(body).toMatchObject([{ errorCode: "ILLEGAL_QUERY_PARAMETER_VALUE" }]);
    }
  });

  test("a record that is not there is a 404", async () => {
    const { status, body } = await example.call(
      "rita",
      "GET",
      "/ui-api/records/500000000000000AAA?fields=Case.Subject",
    );
    expect(status).toBe(404);
    expect(body).toMatchObject([{ errorCode: "NOT_FOUND" }]);
  });

  test("only updateMru tells the org that the user looked", async () => {
    const looked = async (): Promise<unknown> => {
      const { body } = await example.call("rita", "GET", `${record()}?fields=Case.LastViewedDate`);
      return (body as { fields: { LastViewedDate: { value: unknown } } }).fields.LastViewedDate.value;
    };
    expect(await looked()).toBeNull();
    await example.call("rita", "GET", `${record()}?fields=Case.Subject&updateMru=true`);
    expect(await looked()).toBe("2026-11-22T12:00:00.000Z");
  });
});

describe("writing", () => {
  const reply = (values: Readonly<Record<string, unknown>> = {}): unknown => ({
    apiName: "Social_Reply__c",
    fields: {
      Post__c: example.postIds[0],
      Case__c: example.caseId,
      Social_Account__c: example.accountId,
      Text__c: "We found your bag.",
      Route__c: "Public reply",
      Status__c: "Queued",
      Sender_Kind__c: "Human",
      ...values,
    },
  });

  test("creates a record and answers it", async () => {
    const { status, body } = await example.call("rita", "POST", "/ui-api/records", reply());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      apiName: "Social_Reply__c",
      fields: { Text__c: { value: "We found your bag." }, Status__c: { value: "Queued", displayValue: "Queued" } },
    });
    const { id } = body as { id: string };
    const again = await example.call("rita", "GET", `/ui-api/records/${id}?fields=Social_Reply__c.Case__r.CaseNumber`);
    expect(again.body).toMatchObject({ fields: { Case__r: { value: { id: example.caseId } } } });
  });

  test("changes a record and answers it", async () => {
    const { status, body } = await example.call("rita", "PATCH", record(), { fields: { Status: "Closed" } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ fields: { Status: { value: "Closed" }, IsClosed: { value: true } } });
  });

  test("a validation rule's sentence stands where components look for it, and nothing was written", async () => {
    const { status, body } = await example.call("rita", "POST", "/ui-api/records", reply({ Status__c: "Sent" }));
    expect(status).toBe(400);
    expect(body).toMatchObject([
      {
        statusCode: 400,
        enhancedErrorType: "RecordError",
        message: expect.stringContaining("create the record") as string,
      },
    ]);
    const [{ output }] = body as [{ output: { errors: unknown[]; fieldErrors: Record<string, unknown[]> } }];
    const [entry] = [...output.errors, ...Object.values(output.fieldErrors).flat()];
    expect(entry).toMatchObject({ errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION" });
    const { body: counted } = await example.call("rita", "GET", "/query?q=SELECT+COUNT()+FROM+Social_Reply__c");
    expect(counted).toMatchObject({ totalSize: 0 });
  });

  test("what is wrong with one field stands under that field", async () => {
    const { status, body } = await example.call("rita", "PATCH", record(), { fields: { Subject: "x".repeat(256) } });
    expect(status).toBe(400);
    expect(body).toMatchObject([
      {
        output: {
          errors: [],
          fieldErrors: { Subject: [{ errorCode: "STRING_TOO_LONG", field: "Subject", fieldLabel: "Subject" }] },
        },
      },
    ]);
  });

  test("an object the user may not read is refused as unknown", async () => {
    const { status, body } = await example.call("nora", "POST", "/ui-api/records", reply());
    expect(status).toBe(400);
    expect(body).toMatchObject([{ errorCode: "INVALID_TYPE" }]);
  });

  test("a body without fields is refused", async () => {
    const { status } = await example.call("rita", "PATCH", record(), { Status: "Closed" });
    expect(status).toBe(400);
  });

  test("deletes a record", async () => {
    const made = await example.call("ada", "POST", "/ui-api/records", {
      apiName: "Lead",
      fields: { LastName: "Lind", Company: "Fjord AS" },
    });
    const path = `/ui-api/records/${(made.body as { id: string }).id}`;
    expect((await example.call("ada", "DELETE", path)).status).toBe(204);
    expect((await example.call("ada", "GET", `${path}?fields=Lead.Name`)).status).toBe(404);
  });
});

describe("describing", () => {
  test("says what the user may do with an object and its fields", async () => {
    const { body } = await example.call("sam", "GET", "/ui-api/object-info/Social_Post__c");
    expect(body).toMatchObject({
      apiName: "Social_Post__c",
      createable: false,
      fields: {
        Text__c: { dataType: "TextArea", filterable: false },
        Posted_At__c: { dataType: "DateTime" },
        Persona__c: {
          reference: true,
          relationshipName: "Persona__r",
          referenceToInfos: [{ apiName: "Social_Persona__c" }],
        },
      },
    });
    expect(body).not.toHaveProperty("fields.Private_Text__c");
    expect((await example.call("nora", "GET", "/ui-api/object-info/Social_Post__c")).status).toBe(404);
  });

  test("gives the values of a picklist", async () => {
    const path = "/ui-api/object-info/Social_Post__c/picklist-values/012000000000000AAA";
    const { body } = await example.call("rita", "GET", `${path}/Visibility__c`);
    expect(body).toMatchObject({
      values: [
        { value: "public", label: "Public" },
        { value: "private", label: "Private" },
      ],
    });
    expect((await example.call("rita", "GET", `${path}/Text__c`)).status).toBe(400);
  });
});
