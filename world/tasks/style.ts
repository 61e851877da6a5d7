import { backgrounds } from "../backgrounds/index.ts";
import { heldOutValues, valueKey } from "../holdouts.ts";
import { article } from "../language/grammar.ts";
import { sampleScene } from "../sampleScene.ts";
import { styles } from "../styles/index.ts";
import type { WorldTask } from "./WorldTask.ts";

export const style: WorldTask = {
  name: "style",
  propose(random, split) {
    const wish = split === "benchmark" ? random.pick(heldOutValues.style ?? []) : undefined;
    const chosen = wish ? (styles.find((each) => each.name === wish[0]) ?? random.pick(styles)) : random.pick(styles);
    const source = sampleScene(random, { backgrounds: wish ? [wish[1]] : backgrounds.map((each) => each.name) });
    return {
      source,
      target: source,
      post: chosen.apply,
      templates,
      slots: { noun: (each) => each.pick(chosen.nouns), style: chosen.name, astyle: article(chosen.name) },
      targetCaption: (caption) => `${chosen.caption} ${caption}`,
      compositions: [valueKey("style", chosen.name, source.background)],
    };
  },
};

const templates = {
  train: [
    "turn (this|it|the picture) into <noun>",
    "make (this|it) <noun>",
    "make (this|it) look like <noun>",
    "make the (picture|image|scene) look like <noun>",
    "change the style to <style>",
    "change the (art style|style) to <noun>",
    "redraw (this|it) as <noun>",
    "draw (this|it) as <noun>",
    "convert (this|it|the picture) (to|into) <noun>",
    "render (this|it) (as|in the style of) <noun>",
    "in the style of <noun>",
    "transform (this|the image) into <noun>",
    "=<style> style",
    "=as <noun>",
    "=i want (this|it) as <noun>",
    "=what would this look like as <noun>",
    "=it should look like <noun>",
    "apply <astyle> (style|effect|filter)",
    "give (it|this) <astyle> (look|style)",
    "restyle (this|it) as <noun>",
    "=could this be <noun>",
    "=<style>",
    "use <astyle> style",
  ],
  heldOut: [
    "reimagine (this|it) as <noun>",
    "=do this like <noun>",
    "recreate the picture as <noun>",
    "=this would be lovely as <noun>",
  ],
};
