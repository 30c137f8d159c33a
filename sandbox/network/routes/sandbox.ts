import { Router } from "express";
import { z } from "zod";
import { accountByHandle, addAccount, allAccounts } from "../accounts.ts";
import type { CallCount } from "../calls.ts";
import { Fault, type Faults } from "../faults.ts";
import { grant, play, TokenAction } from "../grants.ts";
import { invalid, notFound } from "../refusal.ts";
import type { State } from "../state.ts";
import type { Sockets } from "../streaming.ts";

const NewAccount = z.object({
  handle: z.string(),
  display: z.string().optional(),
  note: z.string().optional(),
  avatar: z.url().optional(),
  followers: z.int().nonnegative().optional(),
});

/** A token to give that runs out, or what happens to those that an account has. */
const Tokens = z.union([
  z.strictObject({ account: z.string(), action: TokenAction }),
  z.strictObject({
    account: z.string(),
    action: z.literal("grant"),
    expiresInSeconds: z.int().positive().default(7200),
  }),
]);

const Habits = z.strictObject({ idempotency: z.boolean().optional(), readDelayMs: z.int().nonnegative().optional() });

interface Controls {
  readonly faults: Faults;
  readonly calls: CallCount;
  readonly sockets: Sockets;
}

/**
 * What a real network does not have: accounts for the asking, with their tokens; failures to order; counts. Only for a
 * network that listens on the own machine.
 */
export const sandboxRoutes = (state: State, { faults, calls, sockets }: Controls): Router =>
  Router()
    .post("/accounts", (request, response) => {
      const wanted = parsed(NewAccount, request.body);
      const { id, token, username } = addAccount(state, { ...wanted, display: wanted.display ?? wanted.handle });
      response.json({ id, token, handle: username });
    })
    .get("/accounts", (_request, response) => {
      const accounts = allAccounts(state);
      response.json(accounts.map(({ id, token, username, display }) => ({ id, token, handle: username, display })));
    })
    .post("/tokens", (request, response) => {
      const wanted = parsed(Tokens, request.body);
      const account = accountByHandle(state, wanted.account);
      if (!account) throw notFound();
      if (wanted.action === "grant") return void response.json(grant(state, account.id, wanted.expiresInSeconds));
      play(state, account, wanted.action);
      if (wanted.action === "revoke" || wanted.action === "suspend") sockets.drop(account.id);
      response.json({});
    })
    .post("/habits", (request, response) => {
      const { idempotency, readDelayMs } = parsed(Habits, request.body);
      if (idempotency !== undefined) state.habits.idempotency = idempotency;
      if (readDelayMs !== undefined) state.habits.readDelayMs = readDelayMs;
      response.json(state.habits);
    })
    .post("/faults", (request, response) => {
      faults.order(parsed(z.array(Fault), request.body));
      response.json({});
    })
    .delete("/faults", (_request, response) => {
      faults.clear();
      response.json({});
    })
    .get("/streams", (_request, response) =>
      response.json({ open: sockets.open(), subscriptions: state.streams.count() }),
    )
    .post("/streams/drop", (_request, response) => response.json({ dropped: sockets.drop() }))
    .post("/streams/mute", (_request, response) => response.json({ muted: sockets.mute() }))
    .get("/calls", (_request, response) => response.json(calls.sofar()))
    .delete("/calls", (_request, response) => {
      calls.reset();
      response.json({});
    });

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw invalid(z.prettifyError(result.error));
  return result.data;
}
