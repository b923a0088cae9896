// A page's fields as a QuestionnaireResponse's items: enough of forms/from_fields.cpp to decide what applies.

// "visits[1]/date" (forms/link_path.hpp), read.
export function readPath(text) {
  return text.split('/').map((step) => {
    const [, linkId, repetition] = /^([^[]*)(?:\[(\d+)\])?$/.exec(step) ?? [null, step, '0']
    return { linkId: decodeURIComponent(linkId), repetition: Number(repetition ?? 0) }
  })
}

const number = (text) => {
  const plain = text.trim().replace(/^(.*),(\d{1,2}|\d{4,})$/, '$1.$2')
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null
}

const readNumber = (name) => ({ '': text }) => {
  const value = number(text ?? '')
  return value === null ? { valueUnreadable: true } : { [name]: value }
}

function readChoice({ '': text, other }) {
  if (text === undefined || text === ':other') return { valueString: other ?? '' }
  const bar = text.lastIndexOf('|')
  if (bar < 0) return { valueString: text }
  return { valueCoding: { system: text.slice(0, bar), code: text.slice(bar + 1) } }
}

// Month names and times have their words in three languages: the server reads them.
function readDate({ year, month, day, '': whole }) {
  const parts = [year ?? '', month ?? '', day ?? ''].map((each, at) => each.trim().padStart(at && each.trim() ? 2 : 0, '0'))
  const text = whole ?? parts.join('-').replace(/-+$/, '')
  return /^\d{4}(-\d\d(-\d\d)?)?$/.test(text) ? { valueDate: text } : { valueUnknown: true }
}

const readers = {
  boolean: ({ '': text }) => ({ valueBoolean: text === 'true' }),
  integer: readNumber('valueInteger'),
  decimal: readNumber('valueDecimal'),
  choice: readChoice,
  'open-choice': readChoice,
  date: readDate,
  dateTime: () => ({ valueUnknown: true }),
  time: () => ({ valueUnknown: true }),
  quantity: ({ '': text, unit }) => {
    const [, comparator, digits] = /^\s*([<>]=?)?(.*)$/s.exec(text ?? '')
    const value = number(digits)
    if (value === null) return { valueUnreadable: true }
    return { valueQuantity: comparator ? { value, comparator, code: unit } : { value, code: unit } }
  },
  attachment: () => ({ valueUnknown: true }),
}

// [{name, value}] of a form; `typeOf` says an item's type, undefined for names that are none of its questions.
export function readAnswers(fields, typeOf) {
  const top = []
  for (const [name, value] of fields) {
    if (typeof value !== 'string' || value.trim() === '') continue
    const colon = name.lastIndexOf(':')
    const path = readPath(colon < 0 ? name : name.slice(0, colon))
    const part = colon < 0 ? '' : name.slice(colon + 1)
    if (path.some((step) => typeOf(step.linkId) === undefined)) continue
    put(top, path, part, value, typeOf)
  }
  finish(top, typeOf)
  return top
}

function occurrence(items, linkId, repetition) {
  const found = items.filter((each) => each.linkId === linkId)
  while (found.length <= repetition) {
    const made = { linkId, item: [] }
    items.push(made)
    found.push(made)
  }
  return found[repetition]
}

function put(items, [step, ...rest], part, value, typeOf) {
  if (typeOf(step.linkId) === 'group') {
    if (rest.length > 0) put(occurrence(items, step.linkId, step.repetition).item, rest, part, value, typeOf)
    return
  }
  const question = occurrence(items, step.linkId, 0)
  question.given ??= []
  const given = (question.given[step.repetition] ??= { parts: [{}], item: [] })
  if (rest.length > 0) return put(given.item, rest, part, value, typeOf)
  // Check boxes repeat their name: each is an answer of its own.
  if (part in given.parts.at(-1)) given.parts.push({})
  given.parts.at(-1)[part] = value
}

function finish(items, typeOf) {
  for (const each of items) {
    finish(each.item ?? [], typeOf)
    if (!each.given) continue
    const read = readers[typeOf(each.linkId)] ?? (({ '': text }) => ({ valueString: text ?? '' }))
    each.answer = each.given.filter(Boolean).flatMap(({ parts, item }) => {
      finish(item, typeOf)
      return parts.map((one) => ({ ...read(one), item }))
    })
    delete each.given
    delete each.item
  }
}
