// Which questions apply, given the answers so far: enableWhen (R4 Questionnaire.item) as forms/enablement.cpp decides it.
// tests/data/enablement holds both to the same verdicts. What this can't know is `undefined`, and then a question stays:
// the server decides.

const day = 24 * 60 * 60 * 1000
const zoneSlack = 14 * 60 * 60 * 1000 // no zone is further from UTC

// [kind, factor, offset]: (value + offset) * factor is the value in the base unit of its kind.
const units = {
  g: ['mass', 1, 0], kg: ['mass', 1000, 0], mg: ['mass', 0.001, 0], '[lb_av]': ['mass', 453.59237, 0],
  '[oz_av]': ['mass', 453.59237 / 16, 0], '[stone_av]': ['mass', 6350.29318, 0],
  m: ['length', 1, 0], cm: ['length', 0.01, 0], mm: ['length', 0.001, 0], '[in_i]': ['length', 0.0254, 0],
  '[ft_i]': ['length', 0.3048, 0], Cel: ['temperature', 1, 273.15], '[degF]': ['temperature', 5 / 9, 459.67],
}

// The value[x] of an answer or of a condition: ['Coding', {...}].
function valueOf(from, prefix) {
  for (const key in from) {
    if (key.startsWith(prefix) && key.length > prefix.length) return [key.slice(prefix.length), from[key]]
  }
  return null
}

// First and last millisecond of a date, a date with time, or a time of day.
function spanOf(kind, text) {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(.+))?$/.exec(text)
  if (kind === 'Time') {
    const at = Date.parse(`1970-01-01T${text}Z`)
    return Number.isNaN(at) ? null : { first: at, last: at + (text.includes('.') ? 0 : 999), zoned: false }
  }
  if (!parts) return null
  const [, year, month, date, time] = parts
  if (time) {
    const at = Date.parse(text)
    return Number.isNaN(at) ? null : { first: at, last: at + (time.includes('.') ? 0 : 999), zoned: true }
  }
  const first = Date.UTC(year, (month ?? 1) - 1, date ?? 1)
  const next = date ? first + day : Date.UTC(+year + (month ? 0 : 1), month ?? 0, 1)
  return { first, last: next - 1, zoned: false }
}

// null where they merely overlap; seconds and their fractions are one precision.
function compareSpans(a, b) {
  const hasSeconds = (span) => span.last - span.first < 1000
  const sameClock = a.zoned === b.zoned
  if (sameClock && hasSeconds(a) && hasSeconds(b)) return order(a.first, b.first)
  const slack = sameClock ? 0 : zoneSlack
  if (a.last + slack < b.first) return -1
  if (a.first - slack > b.last) return 1
  return sameClock && a.first === b.first && a.last === b.last ? 0 : null
}

function compareQuantities(a, b) {
  if (a.value === undefined || b.value === undefined) return null
  const unitOf = (q) => q.code ?? q.unit ?? ''
  const [x, y] = [Number(a.value), Number(b.value)]
  const sameWords = (!a.code || !b.code) && Boolean(a.unit) && a.unit === b.unit
  if (sameWords) return Math.sign(x - y)
  if (unitOf(a) === unitOf(b) && (a.system === b.system || !a.system || !b.system)) return Math.sign(x - y)
  if (!unitOf(b)) return null
  // A page does not send the unit of a question that has but one.
  if (!unitOf(a)) return undefined
  const [from, to] = [units[unitOf(a)], units[unitOf(b)]]
  if (!from || !to) return undefined
  if (from[0] !== to[0]) return null
  const difference = (x + from[2]) * from[1] - (y + to[2]) * to[1]
  return Math.abs(difference) < 1e-9 ? 0 : Math.sign(difference)
}

const reachesUp = (quantity) => quantity.comparator?.startsWith('>') ?? false
const reachesDown = (quantity) => quantity.comparator?.startsWith('<') ?? false
const isStrict = (quantity) => quantity.comparator === '<' || quantity.comparator === '>'

function mayBeEqual(a, b, sign) {
  if (sign < 0) return reachesUp(a) || reachesDown(b)
  if (sign > 0) return reachesDown(a) || reachesUp(b)
  const sameWay = (reachesUp(a) && reachesUp(b)) || (reachesDown(a) && reachesDown(b))
  return sameWay || (!isStrict(a) && !isStrict(b))
}

// Which orders two values may have: "<5" is less than 5 and may be anything beside 3. null and undefined as compare() has them.
function possibleOrders([kindA, a], [kindB, b]) {
  const sign = compare([kindA, a], [kindB, b])
  if (sign === null || sign === undefined) return sign
  if (kindA !== 'Quantity') return { less: sign < 0, equal: sign === 0, greater: sign > 0 }
  return {
    less: sign < 0 || reachesDown(a) || reachesUp(b),
    equal: mayBeEqual(a, b, sign),
    greater: sign > 0 || reachesUp(a) || reachesDown(b),
  }
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
const families = [['integer', 'decimal'], ['date', 'dateTime'], ['time'], ['string', 'uri'], ['Quantity']]
const familyOf = (kind) => families.findIndex((each) => each.some((one) => one.toLowerCase() === kind.toLowerCase()))

// -1, 0 or 1; null where the two can't be compared, undefined where only the server can.
function compare([kindA, a], [kindB, b]) {
  if (kindA === 'Unknown') return undefined
  const family = familyOf(kindA)
  if (family < 0 || family !== familyOf(kindB)) return null
  if (family === 4) return compareQuantities(a, b)
  if (family === 0) return order(Number(a), Number(b))
  if (family === 3) return order(a, b)
  const [x, y] = [spanOf(kindA, a), spanOf(kindB, b)]
  return x && y ? compareSpans(x, y) : null
}

// By what says most: the target, else the identifier, else the display.
function sameReference(a, b) {
  if (a.reference || b.reference) return a.reference === b.reference
  const [x, y] = [a.identifier ?? {}, b.identifier ?? {}]
  if (x.value || y.value) return x.value === y.value && (x.system ?? '') === (y.system ?? '')
  return Boolean(a.display) && a.display === b.display
}

function equals(given, wanted) {
  const [[kind, value], [wantedKind, wish]] = [given, wanted]
  if (kind === 'Unreadable') return false
  if (kind === 'Coding' && wantedKind === 'Coding') {
    if (!wish.code) return value.display === wish.display
    return value.code === wish.code && (!wish.system || value.system === wish.system)
  }
  const result = compare(given, wanted)
  const sameComparator = kind !== 'Quantity' || (value.comparator ?? '') === (wish?.comparator ?? '')
  if (result !== null) return result === undefined ? undefined : result === 0 && sameComparator
  if (kind === 'Reference' && wantedKind === 'Reference') return sameReference(value, wish)
  // A page can't tell the code of an option from its text where the option has no system.
  if (kind === 'String' && wantedKind === 'Coding') return undefined
  return kind === wantedKind && JSON.stringify(value) === JSON.stringify(wish)
}

const fits = {
  '=': (given, wanted) => equals(given, wanted),
  '>': (given, wanted) => known(possibleOrders(given, wanted), (mayBe) => !mayBe.less && !mayBe.equal),
  '<': (given, wanted) => known(possibleOrders(given, wanted), (mayBe) => !mayBe.greater && !mayBe.equal),
  '>=': (given, wanted) => known(possibleOrders(given, wanted), (mayBe) => !mayBe.less),
  '<=': (given, wanted) => known(possibleOrders(given, wanted), (mayBe) => !mayBe.greater),
}

function known(result, decide) {
  if (result === undefined) return undefined
  return result !== null && decide(result)
}

// Three-valued: true wins, then "not known".
function any(all, decide) {
  let unknown = false
  for (const each of all) {
    const result = decide(each)
    if (result === true) return true
    unknown ||= result === undefined
  }
  return unknown ? undefined : false
}

const not = (result) => (result === undefined ? undefined : !result)

function meets(condition, found) {
  const given = found.map((each) => valueOf(each, 'value')).filter(Boolean)
  const wanted = valueOf(condition, 'answer')
  if (condition.operator === 'exists') return (given.length > 0) === wanted[1]
  if (condition.operator === '!=') return not(any(given, (each) => equals(each, wanted)))
  return any(given, (each) => fits[condition.operator](each, wanted))
}

// A form as a tree of {linkId, type, enableWhen, enableBehavior, item}; answers as a QuestionnaireResponse's items.
export class Enablement {
  #nodes = new Map()

  constructor(items) {
    this.#add(items, null)
  }

  #add(items, parent) {
    for (const item of items ?? []) {
      const node = { item, parent }
      this.#nodes.set(item.linkId, node)
      this.#add(item.item, node)
    }
  }

  has(linkId) {
    return this.#nodes.has(linkId)
  }

  isQuestion(linkId) {
    return !['group', 'display'].includes(this.#nodes.get(linkId).item.type)
  }

  // scope: {siblings, outer, owner, within}, innermost first, as in forms::answer_scope.
  isEnabled(linkId, scope) {
    const { item } = this.#nodes.get(linkId)
    if (!item.enableWhen?.length) return true
    const all = item.enableWhen.map((condition) => this.#holds(condition, scope))
    if (item.enableBehavior === 'any') return any(all, (each) => each) ?? true
    return not(any(all, not)) ?? true
  }

  // Whether an item and all that encloses it apply; `steps` is its link path, read.
  appliesAt(steps, items) {
    let scope = { siblings: items, outer: null, owner: null, within: null }
    for (const [at, step] of steps.entries()) {
      if (!this.has(step.linkId)) return true
      if (!this.isEnabled(step.linkId, scope)) return false
      if (at + 1 === steps.length) return true
      const found = scope.siblings.filter((each) => each.linkId === step.linkId)
      if (this.isQuestion(step.linkId)) {
        const within = found[0]?.answer?.[step.repetition] ?? null
        scope = { siblings: within?.item ?? [], outer: scope, owner: step.linkId, within }
      } else {
        scope = { siblings: found[step.repetition]?.item ?? [], outer: scope, owner: step.linkId, within: null }
      }
    }
    return true
  }

  #contains(owner, target) {
    for (let node = this.#nodes.get(target)?.parent; node; node = node.parent) {
      if (node.item.linkId === owner) return true
    }
    return false
  }

  #holds(condition, scope) {
    const target = condition.question
    if (!this.has(target)) return meets(condition, [])
    let base = scope
    for (; base.owner !== null; base = base.outer) {
      if (base.owner === target ? base.within : this.#contains(base.owner, target)) break
    }
    const found = []
    if (base.owner === target) found.push(base.within)
    else this.#gather(target, base, found)
    return meets(condition, found)
  }

  // Answers of questions that do not apply count as not given.
  #gather(target, scope, found) {
    let step = this.#nodes.get(target)
    while ((step.parent?.item.linkId ?? null) !== scope.owner) step = step.parent
    const { linkId } = step.item
    const steps = scope.siblings.filter((each) => each.linkId === linkId)
    if (steps.length === 0 || !this.isEnabled(linkId, scope)) return
    for (const each of steps) {
      if (linkId === target) {
        found.push(...(each.answer ?? []))
        continue
      }
      if (each.item) this.#gather(target, { siblings: each.item, outer: scope, owner: linkId, within: null }, found)
      for (const within of each.answer ?? []) {
        if (within.item) this.#gather(target, { siblings: within.item, outer: scope, owner: linkId, within }, found)
      }
    }
  }
}
