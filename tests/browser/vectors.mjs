// tests/data/enablement, which holds forms/enablement and the pages' script to the same verdicts.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../data/enablement', import.meta.url))

export const readVectors = () => readdirSync(folder).sort().map((file) =>
  ({ file, vectors: JSON.parse(readFileSync(join(folder, file), 'utf8')) }))

// What the script says, in the shape of what is expected. Also run inside the browser, so it stands alone.
export function verdicts(Enablement, readPath, vectors) {
  const rules = new Enablement(vectors.questionnaire.item)
  return vectors.cases.map(({ response, enabled }) => Object.fromEntries(Object.keys(enabled).map((path) => {
    const steps = readPath(path)
    return [path, ownVerdict(rules, steps, response.item ?? [])]
  })))

  // The vectors ask about an item's own conditions, not about those of what encloses it.
  function ownVerdict(rules, steps, items) {
    let scope = { siblings: items, outer: null, owner: null, within: null }
    for (const { linkId, repetition } of steps.slice(0, -1)) {
      const found = scope.siblings.filter((each) => each.linkId === linkId)
      const within = rules.isQuestion(linkId) ? found[0].answer[repetition] : null
      scope = { siblings: (within ?? found[repetition])?.item ?? [], outer: scope, owner: linkId, within }
    }
    return rules.isEnabled(steps.at(-1).linkId, scope)
  }
}
