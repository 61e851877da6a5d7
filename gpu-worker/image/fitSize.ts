interface Size {
  readonly width: number;
  readonly height: number;
}

/** How much a deviation of the area counts against one of the aspect ratio, both as logarithms of a ratio. */
const areaWeight = 0.25;
/** The area never exceeds this times resolution², which bounds time and memory for extreme aspect ratios. */
const maxArea = 1.5;

/**
 * The size at which a model should see a picture: sides multiples of `multiple`, area about `resolution`², aspect ratio
 * as near the picture's as those allow.
 */
export function fitSize(picture: Size, model: { multiple: number; resolution: number }): Size {
  const { multiple, resolution } = model;
  const aspect = picture.width / picture.height;
  let best: (Size & { cost: number }) | undefined;
  for (let width = multiple; width * multiple <= maxArea * resolution ** 2; width += multiple) {
    const exact = width / aspect / multiple;
    const mostRows = Math.floor((maxArea * resolution ** 2) / width / multiple);
    for (const rows of [Math.floor(exact), Math.ceil(exact)]) {
      const height = Math.min(Math.max(1, rows), mostRows) * multiple;
      const area = (width * height) / resolution ** 2;
      const cost = Math.abs(Math.log(width / height / aspect)) + areaWeight * Math.abs(Math.log(area));
      if (!best || cost < best.cost) best = { width, height, cost };
    }
  }
  return best ? { width: best.width, height: best.height } : { width: multiple, height: multiple };
}
