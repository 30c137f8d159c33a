import { z } from "zod";
import type { Finding } from "../crm.ts";
import { ORIGIN } from "./case-row.ts";
import { API_VERSION } from "./connect.ts";
import type { ExamineOptions } from "./examine-options.ts";

const Describe = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      picklistValues: z.array(z.object({ value: z.string(), active: z.boolean() })).optional(),
    }),
  ),
});

/** Is our origin one that Cases may have? Salesforce takes any, but people could not choose or filter by it. */
export async function examineOrigin({ session }: ExamineOptions, signal: AbortSignal): Promise<readonly Finding[]> {
  const what = "Case origin";
  const { fields } = Describe.parse(
    await session.more(`/services/data/v${API_VERSION}/sobjects/Case/describe`, signal),
  );
  const values = fields.find(({ name }) => name === "Origin")?.picklistValues ?? [];
  if (values.some(({ value, active }) => active && value === ORIGIN))
    return [{ what, state: "good", detail: `${ORIGIN} is one.`, remedy: "" }];
  const remedy = `Add the value ${ORIGIN} in Setup → Object Manager → Case → Fields & Relationships → Case Origin, or deploy org-setup.`;
  return [
    { what, state: "doubtful", detail: `${ORIGIN} is none: list views and reports cannot filter by it.`, remedy },
  ];
}
