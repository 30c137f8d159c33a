import type { SessionAnswer } from "../contract.ts";

async function openSession(): Promise<SessionAnswer> {
  const answer = await fetch("/console/session");
  if (!answer.ok) throw new Error(`The console could not sign in: ${answer.status}`);
  return (await answer.json()) as SessionAnswer;
}

/** Who is signed in, as the org says it. Read once, before any component is loaded: `@salesforce/user/Id` is a constant in a component. */
export const session: SessionAnswer = await openSession();
