/** What the org is like, as far as the connector has to know: read at the start and every few minutes. */
export interface OrgSettings {
  readonly orgId: string;
  /** Queue's developer name → id of the Group. */
  readonly queues: ReadonlyMap<string, string>;
  /** The status that a Case gets when a new post reopens it. */
  readonly reopenedStatus: string;
  /** The status of a completed Task. */
  readonly completedTaskStatus: string;
}
