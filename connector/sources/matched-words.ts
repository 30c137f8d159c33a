/** What finds a listener's words in a post. */
export { toWordSearch } from "../model/word-search.ts";
