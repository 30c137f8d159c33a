/** They speak so often that many of their posts wait, some of them in one conversation. */
export const AUTHORS = 1000;
