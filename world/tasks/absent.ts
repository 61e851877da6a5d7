import type { TaskName } from "../../src/queue/tasks.ts";
import { noScene } from "../foreign/foreignEdit.ts";
import { samplePicture } from "../foreign/samplePicture.ts";
import { heldOutObjects, objectKey } from "../holdouts.ts";
import { kinds } from "../objects/index.ts";
import type { Kind } from "../objects/Kind.ts";
import type { Random } from "../random.ts";
import { sampleColor, sampleScene } from "../sampleScene.ts";
import type { Edit, WorldTask } from "./WorldTask.ts";

/** The share of a task's training pairs whose instruction names what is not in the picture. */
const share = 0.02;

/**
 * Never said to be missing: backgrounds have such things, they look like others, or photographs and abstract pictures
 * could be said to show them.
 */
const arguable: ReadonlySet<string> = new Set([
  ...["tree", "pine tree", "flower", "house", "castle", "sun", "moon", "star", "ball", "balloon", "hot air balloon"],
  ...["apple", "pumpkin", "cat", "cup", "teapot", "rocket", "airplane", "boat", "submarine", "snowman", "ghost"],
]);

/**
 * Edits of what is not there: the answer is the picture as it is. Half of the pictures are not of the world.
 * @param edit what the task would do to one of these kinds
 */
export const absentThings = (
  task: TaskName,
  edit: (random: Random, kind: Kind) => Pick<Edit, "templates" | "slots"> | undefined,
): NonNullable<WorldTask["besides"]> => ({
  share,
  propose(random) {
    for (;;) {
      const foreign = random.chance(0.5) ? samplePicture(random) : undefined;
      const scene = foreign ? noScene : sampleScene(random);
      const missing = kinds.filter(
        (kind) =>
          !arguable.has(kind.name) &&
          !kind.poses &&
          !heldOutObjects[task]?.includes(kind.name) &&
          !scene.objects.some((each) => each.kind === kind.name),
      );
      const kind = random.pick(missing);
      const found = edit(random, kind);
      if (!found) continue;
      const color = sampleColor(random, kind);
      const obj = (each: Random) => {
        const word = kind.synonyms && each.chance(0.12) ? each.pick(kind.synonyms) : kind.name;
        return each.weighted([
          [`the ${word}`, 10],
          [`the ${color} ${word}`, 3],
          [`the ${word} on the ${each.pick(["left", "right"])}`, 2],
        ]);
      };
      return {
        source: scene,
        target: scene,
        ...(foreign ? { foreign } : {}),
        unchanged: true,
        templates: found.templates,
        slots: { obj, ...found.slots },
        compositions: [objectKey(task, kind.name)],
      };
    }
  },
});
