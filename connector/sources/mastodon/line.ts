/** Watches whether a socket still carries: one whose other end went away without a word looks like a quiet one. */
export interface Line {
  opened(hangUp: () => void): void;
  heard(): void;
  /** Told of each minute's reading of the list. */
  read(hasGrown: boolean): void;
}

/** Hangs up, so that another socket is opened, when the list grew in a minute in which the socket said nothing at all. */
export function watchLine(): Line {
  let hangUp = (): void => undefined;
  let isAlive = false;
  return {
    opened: (hangUpNow) => {
      hangUp = hangUpNow;
      isAlive = true;
    },
    heard: () => void (isAlive = true),
    read: (hasGrown) => {
      if (hasGrown && !isAlive) hangUp();
      isAlive = false;
    },
  };
}
