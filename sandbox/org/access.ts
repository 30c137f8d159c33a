import type { Field, ObjectType } from "./schema.ts";

/** Who asks, and what they may do. Made new for each request, so a changed permission holds from the next one. */
export interface Actor {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly profile: string;
  /** The name of the role; empty where the user has none. */
  readonly role: string;
  /** As whom they own rows: themselves, who is below them by their role, and all their queues and groups. */
  readonly owns: ReadonlySet<string>;
  readonly access: Access;
}

export interface Access {
  /** Equal for two users who may do the same: the key under which what depends on it may be cached. */
  readonly fingerprint: string;
  object(object: ObjectType): ObjectAccess;
  field(object: ObjectType, field: Field): FieldAccess;
  /** The names of the permission sets that it comes from. */
  readonly sets: readonly string[];
  /** Custom permissions, as `$Permission.X` asks for them. */
  readonly permissions: ReadonlySet<string>;
  /** May this user open this app, and this tab? Those of the platform are open to all. */
  app(name: string): boolean;
  tab(name: string): boolean;
}

export interface ObjectAccess {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
}

export interface FieldAccess {
  readonly read: boolean;
  readonly edit: boolean;
}
