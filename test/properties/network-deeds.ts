import { toDeletedEvent, toPostEvent } from "../../connector/model/post.ts";
import { toTestPost } from "../fakes/posts.ts";
import type { ModelPost } from "./model.ts";
import { choose, type Deed, type Scene, type Someone } from "./scene.ts";

function say({ loop, model, run, said, now }: Scene, by: Someone, words: string): Promise<void> {
  const id = `${run}-${said.size}`;
  const [root] = model.posts.filter((post) => post.by === by);
  const at = { postedAt: toIso(now()), detectedAt: toIso(now()) };
  const text = `@nordwind ${words} (${id}.)`;
  const post = toTestPost(id, `${run}_${by}`, { ...at, text, ...(root === undefined ? {} : { parent: root.key }) });
  said.set(post.key, post);
  model.say({ key: post.key, by, at: now(), asks: words.startsWith("my"), text, answers: undefined });
  loop.tell(toPostEvent(post));
  return Promise.resolve();
}

/** What is deleted cannot be edited, nor deleted again. */
function chooseOwn({ model, said }: Scene, by: Someone, n: number) {
  const chosen = choose<ModelPost>(
    model.posts.filter((post) => post.by === by && !model.isRemoved(post)),
    n,
  );
  const post = said.get(chosen?.key ?? "");
  return chosen === undefined || post === undefined ? undefined : { chosen, post };
}

const toIso = (ms: number): string => new Date(ms).toISOString();

/** What happens on the network; it is heard later. */
export const networkDeeds = {
  asks: (scene, by) => say(scene, by, "my suitcase never arrived"),
  thanks: (scene, by) => say(scene, by, "thank you, great service!"),
  edits(scene, by, n) {
    const own = chooseOwn(scene, by, n);
    if (own === undefined) return Promise.resolve();
    const edited = { ...own.post, version: scene.now(), text: `${own.post.text} edited ${n}` };
    scene.said.set(edited.key, edited);
    scene.model.edit(own.chosen, edited.text);
    scene.loop.tell(toPostEvent(edited));
    return Promise.resolve();
  },
  removes(scene, by, n) {
    const own = chooseOwn(scene, by, n);
    if (own === undefined) return Promise.resolve();
    scene.model.remove(own.chosen);
    scene.loop.tell(toDeletedEvent(own.post.key, toIso(scene.now())));
    return Promise.resolve();
  },
} satisfies Readonly<Record<string, Deed>>;
