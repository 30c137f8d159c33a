/** Asked at the last moment before a reply leaves us: when the connection stands, in the turn in which its bytes are written. */
export interface Leave {
  /** Throws `Taken` or `Unavailable` where it must not leave any more; then no byte of the request does. */
  check(): void;
}
