import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { clearContext } from "../maps/drawMap.ts";
import { cellNoise, gaussianBlur, mapPixels, saturate, unitOf } from "../pixels.ts";
import { Random } from "../random.ts";
import { pictureOn } from "../render/renderScene.ts";
import type { ForeignPicture, Painter } from "./ForeignPicture.ts";
import { drawClouds, drawLandscape } from "./noise.ts";
import { samplePhoto } from "./photo.ts";
import { blobs, bust, deadLeaves, stillLife, strokes, weave } from "./shapes.ts";

const painted =
  ({ paint }: Painter) =>
  (width: number, height: number, random: Random): Picture => {
    const context = clearContext(width, height);
    context.save();
    context.scale(height, height);
    paint(context, width / height, random);
    context.restore();
    return pictureOn(context, width, height);
  };

interface Source {
  readonly caption: string;
  readonly draw: (width: number, height: number, random: Random) => Picture;
}

const sources: readonly (readonly [Source, number])[] = [
  ...([deadLeaves, stillLife, bust, blobs, strokes, weave] as const).map(
    (painter) => [{ caption: painter.caption, draw: painted(painter) }, painter === deadLeaves ? 2 : 1] as const,
  ),
  [{ caption: "clouds of color", draw: drawClouds }, 1],
  [{ caption: "a hazy landscape", draw: drawLandscape }, 2],
];

/** Light, contrast, colour cast, vignette, softness and grain, as a camera adds them. */
function develop(picture: Picture, random: Random): Picture {
  const softness = random.chance(0.25) ? random.range(0.4, 1) : 0;
  const [light, contrast, color] = [random.range(-16, 16), random.range(0.75, 1.2), random.range(0.6, 1.2)];
  const cast = [random.range(-9, 9), random.range(-6, 6), random.range(-9, 9)] as const;
  const vignette = random.chance(0.35) ? random.range(0.1, 0.6) : 0;
  const grain = random.chance(0.4) ? random.range(3, 16) : 0;
  const { width, height } = picture;
  const soft = softness > 0 ? gaussianBlur(picture, softness * unitOf(picture)) : picture;
  return mapPixels(soft, (red, green, blue, x, y) => {
    const [r, g, b] = saturate(red, green, blue, color);
    const far = vignette > 0 ? ((2 * x) / width - 1) ** 2 + ((2 * y) / height - 1) ** 2 : 0;
    const shade = contrast * (1 - vignette * 0.5 * far);
    const add = 128 - 128 * contrast + light + (grain > 0 ? (cellNoise(x, y) - 0.5) * grain : 0);
    return [r * shade + add + cast[0], g * shade + add + cast[1], b * shade + add + cast[2]];
  });
}

/** What has lines to draw. */
const edged = sources.filter(([{ caption }]) => caption !== blobs.caption && caption !== "clouds of color");

/**
 * A random picture that is not of the world; a twelfth are parts of photographs.
 * @param options.edges only pictures with clear edges @param options.photos false leaves the photographs out
 */
export function samplePicture(
  random: Random,
  options: { readonly edges?: boolean; readonly photos?: boolean } = {},
): ForeignPicture {
  if (options.photos !== false && random.chance(1 / 12)) return samplePhoto(random);
  const source = random.weighted(options.edges ? edged : sources);
  const seed = random.int(2 ** 31);
  return {
    caption: source.caption,
    draw: (width, height) => develop(source.draw(width, height, new Random(seed, 91)), new Random(seed, 92)),
  };
}
