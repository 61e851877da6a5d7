import { heldOutColors, heldOutObjects, objectKey } from "../holdouts.ts";
import { article, type Slots, type Templates } from "../language/grammar.ts";
import { forSeveral } from "../language/plural.ts";
import { isMaterial, type Material, materials, type Pattern, patterns } from "../looks.ts";
import { kindOf } from "../objects/index.ts";
import type { Random } from "../random.ts";
import { sampleColor, sampleScene } from "../sampleScene.ts";
import type { Scene, SceneObject } from "../scene.ts";
import { absentThings } from "./absent.ts";
import { pick } from "./pick.ts";
import type { Edit, WorldTask } from "./WorldTask.ts";

const patternWords: Record<Pattern, { readonly like: readonly string[]; readonly noun: readonly string[] }> = {
  striped: { like: ["striped", "stripy"], noun: ["stripes", "a striped pattern"] },
  dotted: { like: ["dotted", "spotted", "polka dotted"], noun: ["dots", "polka dots", "spots"] },
  checkered: { like: ["checkered", "checked"], noun: ["a checkered pattern", "a checkerboard pattern", "checks"] },
  starry: { like: ["starry", "star-patterned"], noun: ["stars", "a star pattern", "little stars all over"] },
};

const materialWords: Record<Material, { readonly like: readonly string[]; readonly noun: readonly string[] }> = {
  wooden: { like: ["wooden"], noun: ["wood", "wooden planks"] },
  golden: { like: ["golden"], noun: ["gold", "shiny gold", "solid gold"] },
  stone: { like: ["stony", "stone"], noun: ["stone", "rock", "rough stone"] },
  rainbow: { like: ["rainbow colored", "rainbow-striped"], noun: ["rainbow stripes", "all the colors of the rainbow"] },
  brick: { like: ["brick-built", "brick"], noun: ["bricks", "red bricks"] },
};

export const texture: WorldTask = {
  name: "texture",
  largestShare: 0.5,
  propose(random, split) {
    const benchmark = split === "benchmark";
    // Half of the benchmark paints an object in its held-out colour, half edits an object held out for this task.
    const target = benchmark && random.chance(0.5) ? random.pick(Object.keys(heldOutColors)) : undefined;
    const wished = target ?? (benchmark ? random.pick(heldOutObjects.texture ?? []) : undefined);
    const source = sampleScene(random, wished ? { kind: wished } : {});
    return retexture(random, source, { wished, painted: target });
  },
  besides: absentThings("texture", (random, kind) => {
    const manner = random.next();
    if (manner < 0.6) {
      const color = sampleColor(random, kind);
      return { templates: colorTemplates, slots: { color, acolor: article(color), kind: kind.name } };
    }
    const [words, templates] =
      manner < 0.8
        ? [patternWords[random.pick(patterns)], patternTemplates]
        : [materialWords[random.pick(materials)], materialTemplates];
    return {
      templates,
      slots: { like: (each) => each.pick(words.like), noun: (each) => each.pick(words.noun), kind: kind.name },
    };
  }),
};

/**
 * Gives something in a scene another colour, pattern or material.
 * @param wished only of this kind @param painted gives things of this kind their held-out colour
 */
export function retexture(
  random: Random,
  source: Scene,
  { wished, painted: only }: { readonly wished?: string | undefined; readonly painted?: string | undefined } = {},
): Edit | undefined {
  const chosen = pick(random, source, wished);
  if (!chosen) return undefined;
  const { indices, object, obj, several } = chosen;
  const members = indices.map((index) => source.objects[index] as SceneObject);
  const compositions = [objectKey("texture", object.kind)];
  const done = (look: (member: SceneObject) => Partial<SceneObject>, templates: Templates, slots: Slots) => ({
    source,
    target: {
      ...source,
      objects: source.objects.map((each, i) => (indices.includes(i) ? { ...each, ...look(each) } : each)),
    },
    templates: several ? forSeveral(templates) : templates,
    slots: { obj, ...slots },
    compositions,
  });

  const kind = kindOf(object.kind);
  const manner = only ? 0 : random.next();
  if (manner < 0.58) {
    const color = only ? (heldOutColors[only] ?? kind.color) : sampleColor(random, kind);
    if (members.every((each) => color === each.color && !isMaterial(each.finish))) return undefined;
    const painted = ({ finish }: SceneObject) => ({
      color,
      finish: isMaterial(finish) ? ("plain" as const) : finish,
    });
    return done(painted, colorTemplates, { color, acolor: article(color), kind: kind.name });
  }
  if (manner < 0.8 && !members.some((each) => isMaterial(each.finish))) {
    const patterned = members.every((each) => each.finish !== "plain");
    if (patterned && random.chance(0.35)) return done(() => ({ finish: "plain" }), plainTemplates, {});
    const pattern = random.pick(patterns.filter((each) => members.every(({ finish }) => each !== finish)));
    const words = patternWords[pattern];
    return done(() => ({ finish: pattern }), patternTemplates, {
      like: (each) => each.pick(words.like),
      noun: (each) => each.pick(words.noun),
    });
  }
  const material = random.pick(materials.filter((each) => members.every(({ finish }) => each !== finish)));
  const words = materialWords[material];
  return done(() => ({ finish: material }), materialTemplates, {
    like: (each) => each.pick(words.like),
    noun: (each) => each.pick(words.noun),
    kind: kind.name,
  });
}

const colorTemplates: Templates = {
  train: [
    "make <obj> <color>",
    "make <obj> <color>",
    "paint <obj> <color>",
    "color <obj> <color>",
    "colour <obj> <color>",
    "turn <obj> <color>",
    "dye <obj> <color>",
    "change <obj> to <color>",
    "change the (color|colour) of <obj> to <color>",
    "change the (color|colour) of <obj> (into|to) <color>",
    "recolor <obj> (in|to|as) <color>",
    "=<obj> should be <color>",
    "=i want <acolor> <kind>, not what <obj> is now",
    "=i want <obj> to be <color>",
    "=<obj> in <color>",
    "=<obj> would look (better|nicer) in <color>",
    "=what if <obj> was <color>",
    "=how about making <obj> <color>",
    "give <obj> <acolor> (color|coat of paint)",
    "let <obj> be <color>",
    "=<color> <kind> instead: repaint <obj>",
    "set the color of <obj> to <color>",
  ],
  heldOut: [
    "switch <obj> over to <color>",
    "=<color> would suit <obj> better",
    "splash some <color> paint on <obj>",
    "=could <obj> be <color> instead",
  ],
};

const patternTemplates: Templates = {
  train: [
    "make <obj> <like>",
    "give <obj> <noun>",
    "add <noun> to <obj>",
    "put <noun> on <obj>",
    "paint <noun> on <obj>",
    "=<obj> should be <like>",
    "=<obj> should have <noun>",
    "cover <obj> (with|in) <noun>",
    "decorate <obj> with <noun>",
    "change the pattern of <obj> to <noun>",
    "turn <obj> <like>",
    "draw <noun> on <obj>",
    "=i want <noun> on <obj>",
    "let <obj> have <noun>",
    "=how about <noun> on <obj>",
    "=<obj> with <noun>",
    "=what if <obj> had <noun>",
    "change the texture of <obj> to <noun>",
  ],
  heldOut: ["print <noun> (on|onto) <obj>", "=<noun> would look great on <obj>", "dress <obj> in <noun>"],
};

const plainTemplates: Templates = {
  train: [
    "make <obj> plain",
    "remove the pattern from <obj>",
    "make <obj> one solid color",
    "=<obj> should be plain",
    "take the pattern off <obj>",
    "=no pattern on <obj>",
    "give <obj> a solid color",
    "make <obj> a single color",
    "=i want <obj> plain",
    "clean the pattern off <obj>",
    "let <obj> have just one color",
    "make the surface of <obj> plain",
    "get rid of the pattern on <obj>",
    "=<obj> without the pattern",
    "change <obj> to a plain color",
  ],
  heldOut: ["strip the pattern from <obj>", "=<obj> looks better without any pattern"],
};

const materialTemplates: Templates = {
  train: [
    "make <obj> (out of|of) <noun>",
    "turn <obj> into <noun>",
    "make <obj> <like>",
    "change the material of <obj> to <noun>",
    "=<obj> should be made of <noun>",
    "build <obj> (out of|from) <noun>",
    "cover <obj> (with|in) <noun>",
    "change the texture of <obj> to <noun>",
    "give <obj> the (look|texture) of <noun>",
    "=i want <obj> made of <noun>",
    "let <obj> be made of <noun>",
    "=what if <obj> was made of <noun>",
    "make <obj> look like (it is|it's) made of <noun>",
    "=<obj>, but (in|made of) <noun>",
    "transform <obj> into <noun>",
    "make it a <like> <kind>: <obj>",
    "=<obj> should look like <noun>",
  ],
  heldOut: ["craft <obj> from <noun>", "=<obj> would be fun in <noun>", "remake <obj> out of <noun>"],
};
