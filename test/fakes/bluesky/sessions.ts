import { Refused } from "./refusal.ts";
import type { Member, Store } from "./store.ts";

const LIVES_S = 7_200;

/** App passwords, and the tokens that are given for them. */
export interface Sessions {
  create(body: { readonly identifier?: string; readonly password?: string }): object;
  refresh(authorization: string | undefined): object;
  /** Whose token it is, told to them. */
  show(authorization: string | undefined): object;
  /** Whose token it is. Throws as the network refuses it. */
  toMember(authorization: string | undefined): Member;
  /** All access tokens that were given end. */
  expire(): void;
  /** All tokens that were given end. */
  forget(): void;
  /** How often one was begun, refreshed. */
  readonly begun: number;
  readonly refreshed: number;
}

export function openSessions(store: Store, toUrl: () => string): Sessions {
  const given = new Map<string, { readonly did: string; readonly kind: "access" | "refresh" }>();
  const count = { begun: 0, refreshed: 0, tokens: 0 };

  const give = (did: string, kind: "access" | "refresh", scope: string): string => {
    const iat = Math.floor(Date.parse(store.now()) / 1000);
    const claims = { sub: did, scope, iat, exp: iat + LIVES_S, jti: String(count.tokens++) };
    const token = `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signed`;
    given.set(token, { did, kind });
    return token;
  };
  const grant = (member: Member): object => ({
    ...show(member),
    accessJwt: give(member.did, "access", member.chats ? "com.atproto.appPassPrivileged" : "com.atproto.appPass"),
    refreshJwt: give(member.did, "refresh", "com.atproto.refresh"),
  });
  const show = ({ did, handle, status }: Member) => ({
    did,
    handle,
    active: status === undefined,
    ...(status === undefined ? {} : { status }),
    didDoc: toDidDocument({ did, handle }, toUrl()),
  });
  const take = (authorization: string | undefined, kind: "access" | "refresh"): Member => {
    const token = toToken(authorization);
    const known = given.get(token);
    if (authorization === undefined) throw new Refused(401, "AuthMissing");
    if (known?.kind !== kind) throw new Refused(400, "ExpiredToken", "Token has expired");
    const member = store.members.get(known.did);
    if (member === undefined) throw new Refused(403, "AccountNotFound");
    // Who only reads is not asked how the account stands: its token holds until it ends.
    if (kind === "access") return member;
    if (member.status === "deleted") throw toUnknown(member);
    if (isTakenDown(member)) throw new Refused(401, "AccountTakedown", "Account has been taken down");
    given.delete(token);
    return member;
  };
  return {
    create: ({ identifier = "", password }) => {
      const member = store.find(identifier);
      // A real server takes the app password of an account that rests, and says no more of one taken down than of a wrong one.
      if (member === undefined || isTakenDown(member) || member.password !== password)
        throw new Refused(401, "AuthenticationRequired", "Invalid identifier or password");
      count.begun++;
      return grant(member);
    },
    refresh: (authorization) => {
      const session = grant(take(authorization, "refresh"));
      count.refreshed++;
      return session;
    },
    show: (authorization) => {
      const member = take(authorization, "access");
      if (isTakenDown(member) || member.status === "deleted") throw toUnknown(member);
      return show(member);
    },
    toMember: (authorization) => take(authorization, "access"),
    expire: () => {
      for (const [token, { kind }] of given) if (kind === "access") given.delete(token);
    },
    forget: () => given.clear(),
    get begun() {
      return count.begun;
    },
    get refreshed() {
      return count.refreshed;
    },
  };
}

function toUnknown({ did }: Member): Refused {
  return new Refused(400, "InvalidRequest", `Could not find user info for account: ${did}`);
}

function isTakenDown({ status }: Member): boolean {
  return status === "takendown" || status === "suspended";
}

function toToken(authorization: string | undefined): string {
  return authorization?.replace(/^Bearer /, "") ?? "";
}

export function toDidDocument({ did, handle }: Pick<Member, "did" | "handle">, url: string): object {
  return {
    id: did,
    alsoKnownAs: [`at://${handle}`],
    service: [{ id: "#atproto_pds", type: "AtprotoPersonalDataServer", serviceEndpoint: url }],
  };
}
