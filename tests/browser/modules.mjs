// The pages' modules without a browser: the same cases that hold forms/enablement, and what is pure of the rest.
// Run by node alone: node --test modules.mjs
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { nameAnswers } from '../../service/assets/script/body_map.mjs'
import { readAnswers, readPath } from '../../service/assets/script/page_answers.mjs'
import { fit } from '../../service/assets/script/photos.mjs'
import { fitStrokes, isDrawn, packStrokes } from '../../service/assets/script/strokes.mjs'
import { readVectors, verdicts } from './vectors.mjs'

for (const { file, vectors } of readVectors()) {
  test(`enablement agrees with forms/enablement: ${file}`, async () => {
    const { Enablement } = await import('../../service/assets/script/enablement.mjs')
    assert.deepEqual(verdicts(Enablement, readPath, vectors), vectors.cases.map((each) => each.enabled))
  })
}

const types = { a: 'boolean', n: 'integer', d: 'date', c: 'choice', o: 'open-choice', g: 'group', q: 'quantity', s: 'string', x: 'integer' }
const read = (fields) => readAnswers(fields, (linkId) => types[linkId])
const answer = (linkId, ...values) => [{ linkId, answer: values.map((each) => ({ ...each, item: [] })) }]

for (const [name, fields, wanted] of [
  ['nothing typed is no answer', [['a', ''], ['n', '  ']], []],
  ['yes', [['a', 'true']], answer('a', { valueBoolean: true })],
  ['no', [['a', 'false']], answer('a', { valueBoolean: false })],
  ['a number with spaces', [['n', ' 12 ']], answer('n', { valueInteger: 12 })],
  ['words for a number are an answer that nothing equals', [['n', 'many']], answer('n', { valueUnreadable: true })],
  ['a coded option', [['c', 'urn:s|x']], answer('c', { valueCoding: { system: 'urn:s', code: 'x' } })],
  ['check boxes are answers of their own', [['c', 'urn:s|x'], ['c', 'urn:s|y']],
    answer('c', { valueCoding: { system: 'urn:s', code: 'x' } }, { valueCoding: { system: 'urn:s', code: 'y' } })],
  ['a date in three fields', [['d:month', '3'], ['d:day', '2'], ['d:year', '1961']].reverse(), answer('d', { valueDate: '1961-03-02' })],
  ['a month by its name is for the server', [['d:month', 'March'], ['d:day', '2'], ['d:year', '1961']], answer('d', { valueUnknown: true })],
  ['half a date is for the server', [['d:day', '2']], answer('d', { valueUnknown: true })],
  ['a quantity and its unit', [['q', '1,5'], ['q:unit', 'kg']], answer('q', { valueQuantity: { value: 1.5, code: 'kg' } })],
  ['a quantity below a number', [['q', '<5'], ['q:unit', 'mg']],
    answer('q', { valueQuantity: { value: 5, comparator: '<', code: 'mg' } })],
  ['something else', [['o', ':other'], ['o:other', 'tea']], answer('o', { valueString: 'tea' })],
  ['what is no question of the form is left out', [['_token', 'x'], ['zz', '1'], ['g/zz', '1']], []],
]) {
  test(`fields: ${name}`, () => assert.deepEqual(read(fields), wanted))
}

test('fields: repetitions keep their places, empty ones too', () => {
  const [first, second] = read([['g[1]/s', 'two'], ['g[0]/s', '']])
  assert.deepEqual([first, second], [{ linkId: 'g', item: [] }, { linkId: 'g', item: answer('s', { valueString: 'two' }) }])
})

test('fields: what stands below an answer stays with it', () => {
  const [{ answer: [x, y] }] = read([['c[0]', 'urn:s|x'], ['c[1]', 'urn:s|y'], ['c[1]/n', '7']])
  assert.deepEqual([x.item, y.item], [[], answer('n', { valueInteger: 7 })])
})

test('paths are read as forms/link_path writes them', () => {
  assert.deepEqual(readPath('a%2Fb[2]/c'), [{ linkId: 'a/b', repetition: 2 }, { linkId: 'c', repetition: 0 }])
})

test('a map numbers its answers, so that strengths find theirs', () => {
  const data = new FormData()
  for (const each of ['s|neck', 's|knee']) data.append('where', each)
  data.append('after', '1')
  nameAnswers(data, 'where', 'strength', (value) => (value === 's|knee' ? '7' : ''))
  assert.deepEqual([...data], [['after', '1'], ['where[0]', 's|neck'], ['where[1]', 's|knee'], ['where[1]/strength', '7']])
})

const stroke = (...points) => ({ points: points.map(([x, y]) => ({ x, y })) })

test('a pad without a stroke that goes anywhere is empty', () => {
  assert.equal(isDrawn([]), false)
  assert.equal(isDrawn([stroke([5, 5])]), false)
  assert.equal(isDrawn([stroke([5, 5], [5.2, 5.1])]), false)
  assert.equal(isDrawn([stroke([5, 5]), stroke([5, 5], [9, 5])]), true)
})

test('strokes are packed as the attachment of forms/packet, to a tenth', () => {
  assert.equal(packStrokes([stroke([1.04, 2], [3, 4.56])], 300, 200), '{"width":300,"height":200,"strokes":[[[1,2],[3,4.6]]]}')
})

test('however long a hand rests on the pad, the signature fits its field', () => {
  const long = stroke(...Array.from({ length: 40000 }, (_, at) => [at % 640, (at * 7) % 200]))
  const text = packStrokes([long], 640, 200)
  assert.ok(text.length <= 60000)
  const { strokes } = JSON.parse(text)
  assert.deepEqual(strokes[0].at(-1), [long.points.at(-1).x, long.points.at(-1).y], 'the end stays')
})

for (const [name, before, widths, wanted] of [
  ['turned wide and back, they are where they were', [[10, 20], [300, 40]], [356, 636, 356], [[10, 20], [300, 40]]],
  ['a wider pad does not enlarge them, for it is no taller', [[10, 20], [30.5, 190]], [356, 636], [[10, 20], [30.5, 190]]],
  ['a narrower pad takes them smaller, in their shape', [[0, 20], [600, 180]], [636, 300], [[0, 10], [300, 90]]],
  ['a narrower pad leaves alone what fits', [[10, 20], [200, 180]], [636, 300], [[10, 20], [200, 180]]],
  ['what went over the edge stays over it', [[0, 20], [800, 100]], [400, 200], [[0, 10], [400, 50]]],
]) {
  test(`strokes on a pad that turns: ${name}`, () => {
    const after = widths.slice(1).reduce((strokes, wide, at) => fitStrokes(strokes, widths[at], wide), [stroke(...before)])
    assert.deepEqual(after, [stroke(...wanted)])
  })
}

for (const [name, from, longest, wanted] of [
  ['a wide photo', [4000, 3000], 2000, { width: 2000, height: 1500 }],
  ['a tall photo', [3000, 4000], 2000, { width: 1500, height: 2000 }],
  ['a small one is not enlarged', [640, 480], 2000, { width: 640, height: 480 }],
  ['a strip keeps a pixel', [10000, 2], 2000, { width: 2000, height: 1 }],
]) {
  test(`photos: ${name}`, () => assert.deepEqual(fit(...from, longest), wanted))
}
