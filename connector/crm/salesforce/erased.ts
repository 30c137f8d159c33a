/** What stands where words were: as the whole subject, and in the middle of somebody else's words. Rules of ours know the first. */
export const ERASED = "Deleted by its author";
export const CUT = "[deleted by its author]";
/** The same, where they said something else since. */
export const CHANGED = "[changed by its author]";
