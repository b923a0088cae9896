// What a pad's strokes become, and back: pure, so that it is tested without a browser.

const bytesMax = 60000

const tenth = (x) => Math.round(x * 10) / 10

export function packStrokes(groups, width, tall) {
  const all = groups.map((group) => group.points.map(({ x, y }) => [tenth(x), tenth(y)]))
  const write = (strokes) => JSON.stringify({ width: tenth(width), height: tenth(tall), strokes })
  // A hand that rests on the pad can make thousands of points: every second one says the same.
  let strokes = all
  while (write(strokes).length > bytesMax && strokes.some((each) => each.length > 2)) {
    strokes = strokes.map((each) => each.filter((_, at) => at % 2 === 0 || at === each.length - 1))
  }
  return write(strokes)
}

// Nothing was drawn while no stroke goes anywhere: a tap is no signature.
export const isDrawn = (groups) =>
  groups.some(({ points }) => points.some(({ x, y }) => Math.hypot(x - points[0].x, y - points[0].y) >= 1))

export const scaleStrokes = (groups, factor) =>
  groups.map((group) => ({ ...group, points: group.points.map((point) => ({ ...point, x: point.x * factor, y: point.y * factor })) }))
