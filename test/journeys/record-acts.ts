/** What people do to whole records, by the pages that the sandbox plays. */
export async function mergeRecords(
  orgUrl: string,
  merge: { readonly object: string; readonly master: string; readonly losers: readonly string[] },
): Promise<void> {
  await ask(`${orgUrl}/sandbox/merge`, merge);
}

export interface Converted {
  readonly contact: string;
  readonly account: string;
}

export async function convertLead(orgUrl: string, lead: string): Promise<Converted> {
  return (await ask(`${orgUrl}/sandbox/convert-lead`, { lead })) as Converted;
}

async function ask(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? undefined : await answer.json();
}
