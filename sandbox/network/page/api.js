/** Calls the network as the account (or as a stranger); answers the body, or throws an Error with the network's sentence. */
export async function call(path, { as, method = "GET", body } = {}) {
  const response = await fetch(path, {
    method,
    headers: {
      ...(as && { Authorization: `Bearer ${as.token}` }),
      ...(body && { "Content-Type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error), { status: response.status });
  return answer;
}

/** Follows a list through `pages` pages of it; answers the items and whether there are more. */
export async function pages(path, { as, count }) {
  const items = [];
  let url = new URL(path, location.origin);
  url.searchParams.set("limit", "40");
  for (let page = 0; page < count; page += 1) {
    const answer = await call(url, { as });
    items.push(...answer);
    if (answer.length < 40) return { items, more: false };
    url.searchParams.set("max_id", (answer.at(-1).last_status ?? answer.at(-1)).id);
  }
  return { items, more: true };
}
