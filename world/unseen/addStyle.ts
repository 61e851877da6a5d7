import { heldOutValues, valueKey } from "../holdouts.ts";
import { styles } from "../styles/index.ts";
import { add } from "../tasks/add.ts";
import type { WorldTask } from "../tasks/WorldTask.ts";

/** A thing is added as `add` does it, and the whole picture drawn in a style. */
export const addStyle: WorldTask<"add-style"> = {
  name: "add-style",
  propose(random, split) {
    const added = add.propose(random, split);
    if (!added) return undefined;
    const { background } = added.source;
    const wished =
      split === "benchmark" ? heldOutValues.style?.find(([, place]) => place === background)?.[0] : undefined;
    const style = styles.find(({ name }) => name === wished) ?? random.pick(styles);
    return {
      ...added,
      post: style.apply,
      templates,
      slots: { ...added.slots, noun: (each) => each.pick(style.nouns), style: style.name },
      targetCaption: (caption) => `${style.caption} ${caption}`,
      compositions: [...added.compositions, valueKey("style", style.name, background)],
    };
  },
};

const templates = {
  train: [
    "add <thing> <where> and turn (this|it all|the picture) into <noun>",
    "add <thing> <where> and make (this|it|everything) <noun>",
    "put <thing> <where>, then redraw (this|everything) as <noun>",
    "place <thing> <where> and render the (picture|scene) as <noun>",
    "turn the picture into <noun> and add <thing> <where>",
    "redraw (this|it) as <noun> with <thing> <where>",
    "make (this|it) look like <noun>, and put <thing> <where>",
    "insert <thing> <where> and change the style to <style>",
    "draw <thing> <where>, all of it as <noun>",
    "convert (this|the picture) to <noun> after adding <thing> <where>",
    "=<thing> <where>, and all of it as <noun>",
    "=as <noun>, with <thing> <where>",
    "=i want <thing> <where>, and the style of <noun>",
    "=two things: <thing> <where>, and <style> style",
    "=it should be <noun> with <thing> <where>",
    "give me <thing> <where> in <style> style",
    "<where>, add <thing>; then make everything <noun>",
  ],
  heldOut: [
    "let <thing> show up <where> and reimagine it all as <noun>",
    "=this would be lovely as <noun>, with <thing> <where>",
    "recreate the picture as <noun> and squeeze <thing> in <where>",
  ],
};
