export { nodesOf, toPost, toReply } from "./rows";
export { toConversations } from "./conversations";
