/** Watches whether a socket still carries: one whose other end went away without a word looks like a quiet one. */
export interface Line {
  opened(hangUp: () => void): void;
  heard(): void;
  /** The socket is gone, or would not open. */
  closed(): void;
  /** Told of each minute's reading of the list. */
  read(hasGrown: boolean): void;
  /** Since a socket was gone and until the next one stands; before the first try nobody knows, so not. */
  isDown(): boolean;
  /** How often it went down. */
  falls(): number;
}

/** Hangs up, so that another socket is opened, when the list grew in a minute in which the socket said nothing at all. */
export function watchLine(): Line {
  let hangUp = (): void => undefined;
  let isAlive = false;
  let isDown = false;
  let falls = 0;
  return {
    opened: (hangUpNow) => {
      hangUp = hangUpNow;
      isAlive = true;
      isDown = false;
    },
    heard: () => void (isAlive = true),
    closed: () => {
      if (!isDown) falls += 1;
      isDown = true;
    },
    read: (hasGrown) => {
      if (hasGrown && !isAlive) hangUp();
      isAlive = false;
    },
    isDown: () => isDown,
    falls: () => falls,
  };
}
