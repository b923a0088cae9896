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

// A pad that becomes narrower takes its strokes along, smaller where they would not fit; one that becomes wider leaves them as
// they are. It is never taller, so larger strokes would be cut off.
export function fitStrokes(groups, before, wide) {
  const reach = Math.min(before, groups.reduce((most, { points }) => points.reduce((far, { x }) => Math.max(far, x), most), 1))
  const factor = Math.min(1, wide / reach)
  return groups.map((group) => ({ ...group, points: group.points.map((point) => ({ ...point, x: point.x * factor, y: point.y * factor })) }))
}
