// Every text of the corpus of bad input as name, answer, file name, note and search, on the desk's pages in Chromium: no dialog,
// no breach of the content security policy, no element that the pages do not have, no formula in a CSV cell.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { desktop, url, use } from './browser.mjs'
import { withDates } from './days.mjs'
import { signIn } from './morning_list.mjs'
import { named } from './named.mjs'

const shared = process.env.INTAKE_SHARED ?? ''
const corpus = join(shared, 'corpus/badinput')
const secret = readFileSync(join(process.env.INTAKE_FOLDER, 'secret'), 'utf8').trim()
const authorization = 'Basic ' + Buffer.from(`load:${secret}`).toString('base64')

const decoder = new TextDecoder('utf-8', { fatal: true })
function linesOf(path) {
  const lines = []
  for (let bytes = readFileSync(path), at = 0; at < bytes.length;) {
    let end = bytes.indexOf(10, at)
    if (end === -1) end = bytes.length
    try { lines.push(decoder.decode(bytes.subarray(at, end)).replace(/\r$/, '')) } catch { /* not UTF-8: refused by every reader */ }
    at = end + 1
  }
  return lines
}

function badTexts() {
  const files = ['fuzzdb', 'fuzzdb-files', 'strings'].flatMap((folder) => readdirSync(join(corpus, folder))
    .filter((name) => name.endsWith('.txt')).map((name) => join(corpus, folder, name)))
  // FHIR's strings hold no control characters but tab, CR and LF; what holds one is refused before it is stored.
  const marks = (text) => /[<>"'&`{}]/.test(text)
  return [...new Set(files.flatMap(linesOf))].filter((each) => each.trim() !== '' && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(each))
    .sort((a, b) => marks(b) - marks(a))
}

const answer = (linkId, value) => ({ linkId, answer: [{ valueString: value }] })
const cut = (text, most) => [...text].slice(0, most).join('')

function* packets(texts) {
  const answers = []
  for (let at = 0; at < texts.length;) {
    let text = ''
    while (at < texts.length && (text === '' || text.length + texts[at].length < 900)) text += (text ? ' | ' : '') + cut(texts[at++], 900)
    answers.push(text)
  }
  for (let i = 0; i < texts.length; i += 2) {
    yield { family: cut(texts[i], 60), given: cut(texts[i + 1] ?? 'x', 60), said: answers[i / 2] }
  }
}

function resource({ family, given, said }) {
  const forms = ['registration', ...(said ? ['pain-history'] : [])]
  const registration = { resourceType: 'QuestionnaireResponse', status: 'in-progress',
    questionnaire: 'https://intake.example/fhir/Questionnaire/registration',
    identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:' + crypto.randomUUID() },
    item: [{ linkId: 'patient.name', item: [answer('patient.name.given', given), answer('patient.name.family', family)] }] }
  if (!said) return registration
  const history = { ...registration, questionnaire: 'https://intake.example/fhir/Questionnaire/pain-history', item:
    [{ linkId: 'ask', item: [answer('ask.clinic', said)] }] }
  return forms.length === 2 ? [registration, history] : [registration]
}

// What the desk's pages are made of.
const known = new Set(['html', 'head', 'meta', 'title', 'link', 'script', 'body', 'a', 'p', 'header', 'div', 'nav', 'ul', 'li', 'strong',
  'main', 'h1', 'h2', 'h3', 'form', 'input', 'button', 'details', 'summary', 'span', 'table', 'caption', 'thead', 'tbody', 'tr', 'th',
  'td', 'br', 'dl', 'dt', 'dd', 'label', 'textarea', 'select', 'option', 'time', 'del', 'svg', 'g', 'path', 'rect', 'circle', 'text',
  'fieldset', 'legend', 'code', 'ol', 'noscript', 'section', 'blockquote'])

async function expectOnlyOurs(page, what) {
  const found = await page.evaluate((tags) => {
    const odd = []
    for (const each of document.querySelectorAll('*')) {
      if (!tags.includes(each.localName)) odd.push(each.localName)
      for (const { name, value } of each.attributes) {
        if (/^on/i.test(name) || name === 'style' || name === 'srcdoc') odd.push(each.localName + '@' + name)
        if (/^(href|src|action|formaction)$/.test(name) && !/^(\/|#|tel:\d|data:,$|\?)/.test(value)) odd.push(name + '=' + value)
      }
      if (each.localName === 'script' && (each.textContent !== '' || !each.getAttribute('src')?.startsWith('/assets/'))) odd.push('script')
    }
    return odd
  }, [...known])
  assert.deepEqual(found, [], what)
}

/// The sample day's packet with a decision, of somebody who is called so.
async function sendPacketOf(context, name) {
  const text = withDates(readFileSync(join(process.env.INTAKE_SOURCE, 'deploy/sample-day/10-three-plans.json'), 'utf8'))
    .replace(/urn:uuid:[0-9a-f-]{36}/, 'urn:uuid:' + crypto.randomUUID())
    .replaceAll(/("linkId": "patient\.name\.(?:family|given)", "answer": \[\{ "valueString": )"[^"]*"/g, (_, head) => head + JSON.stringify(name))
  const reply = await context.request.post(`${url}/fhir/QuestionnaireResponse`,
    { headers: { authorization, 'content-type': 'application/fhir+json' }, data: text })
  assert.ok([201, 422].includes(reply.status()), `${name}: ${reply.status()}`)
}

// Filled by the first test: records with an answer.
let records = []

async function sendAll(context, texts) {
  const taken = []
  const refused = []
  const all = [...packets(texts)]
  for (let at = 0; at < all.length; at += 16) {
    await Promise.all(all.slice(at, at + 16).map(async (each) => {
      for (const body of [resource(each)].flat()) {
        const reply = await context.request.post(`${url}/fhir/QuestionnaireResponse`,
          { headers: { authorization, 'content-type': 'application/fhir+json' },
            data: { ...body, identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:' + crypto.randomUUID() } } })
        const where = reply.headers()['location'] ?? ''
        reply.status() === 201 ? taken.push({ id: /[0-9a-f-]{36}/.exec(where)?.[0], said: body.item[0].linkId === 'ask' }) : refused.push(reply.status())
      }
    }))
  }
  return { taken, refused }
}

named('hostile texts: as names, answers and notes they stay texts', () => use({ size: desktop }, async (page, context) => {
  if (!existsSync(corpus)) return console.log('Skipped: the corpus of bad input is not here (INTAKE_SHARED)')
  page.on('dialog', (dialog) => { throw new Error('a dialog: ' + dialog.message()) })
  const texts = badTexts()
  assert.ok(texts.length > 4000)
  const { taken, refused } = await sendAll(context, texts)
  console.log(`${texts.length} texts: ${taken.length} submissions taken, ${refused.length} refused`)
  assert.ok(taken.length > texts.length / 2)
  assert.deepEqual(refused.filter((status) => status !== 422), [])
  await signIn(page)
  let pages = 0
  // One look sorts at most 2,000 in.
  await page.goto(`${url}/desk/work`)
  for (const state of ['new', 'attention']) {
    let next = `/desk/work?state=${state}`
    while (next) {
      await page.goto(url + next)
      await expectOnlyOurs(page, next)
      next = await page.evaluate(() => document.querySelector('a[rel=next]')?.getAttribute('href'))
      ++pages
    }
  }
  console.log(`${pages} pages of the worklist`)
  assert.ok(pages > 100)
  records = taken.filter((each) => each.said).map((each) => each.id)
}))

named('hostile texts, after those: a record with its note, a search, a CSV that another reader reads', () => use({ size: desktop }, async (page, context) => {
  if (!existsSync(corpus)) return console.log('Skipped: the corpus of bad input is not here (INTAKE_SHARED)')
  page.on('dialog', (dialog) => { throw new Error('a dialog: ' + dialog.message()) })
  const texts = badTexts()
  await signIn(page)
  // What markup is made of comes first; the rest is on the lists and in the answers' own tests.
  let looked = 0
  for (let at = 0; looked < 90 && looked < records.length; ++looked) {
    await page.goto(`${url}/desk/submissions/${records[looked]}`)
    let note = ''
    while (at < texts.length && note.length + texts[at].length < 1500) note += texts[at++] + ' | '
    if (note !== '') {
      await page.fill('#note-words', note)
      await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Add the note' }).click()])
    }
    await expectOnlyOurs(page, 'record ' + looked)
  }
  console.log(`${looked} records`)
  assert.ok(looked > 50)
  for (const text of texts.filter((each) => /[<"'>]/.test(each)).slice(0, 40)) {
    await page.goto(`${url}/desk/search`)
    await page.fill('#find', cut(text, 150))
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Find' }).click()])
    await expectOnlyOurs(page, 'search')
  }
  const formulas = [...new Set(['=cmd|\'/C calc\'!A0', '+1+1', '-2+3', '@SUM(1)', '\t=1', ...texts.filter((each) => /^[=+\-@]/.test(each))])]
  for (const text of formulas.slice(0, 60)) await sendPacketOf(context, cut(text, 60))
  await context.clearCookies()
  await signIn(page, 'money')
  const csv = await context.request.get(`${url}/desk/decisions.csv`)
  assert.equal(csv.status(), 200)
  const file = join(process.env.INTAKE_FOLDER, 'decisions.csv')
  assert.match((await csv.body()).toString(), /=cmd\|/, 'the names are in it')
  writeFileSync(file, await csv.body())
  // Python's reader shares no code with the writer.
  const found = execFileSync('python3', ['-c', `
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
assert all(len(row) == len(rows[0]) for row in rows), "ragged"
print(len(rows), sum(1 for row in rows for cell in row if cell[:1] in "=+-@\\t\\r" and cell != ""))
`, file]).toString().trim()
  const [rows, cells] = found.split(' ').map(Number)
  assert.ok(rows > 30, `${rows} rows`)
  assert.equal(cells, 0, 'cells that a spreadsheet would run')
}))

// One pixel, so that a file name has a file.
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function sendFileCalled(context, title) {
  const body = { resourceType: 'QuestionnaireResponse', status: 'in-progress',
    questionnaire: 'https://intake.example/fhir/Questionnaire/registration',
    identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:' + crypto.randomUUID() },
    item: [{ linkId: 'patient.id', item: [{ linkId: 'patient.id.photo',
      answer: [{ valueAttachment: { contentType: 'image/png', title, data: pixel } }] }] }] }
  const reply = await context.request.post(`${url}/fhir/QuestionnaireResponse`,
    { headers: { authorization, 'content-type': 'application/fhir+json' }, data: body })
  return reply.status() === 201 ? /[0-9a-f-]{36}/.exec(reply.headers()['location'] ?? '')?.[0] : undefined
}

const press = (page, button) => Promise.all([page.waitForNavigation(), button.click()])

async function look(page, path) {
  const answer = await page.goto(url + path)
  assert.equal(answer.status(), 200, path)
  await expectOnlyOurs(page, path)
}

named('hostile texts: as file names, guests, reasons and invitations, on every other page of the desk', () => use({ size: desktop }, async (page, context) => {
  if (!existsSync(corpus)) return console.log('Skipped: the corpus of bad input is not here (INTAKE_SHARED)')
  page.on('dialog', (dialog) => { throw new Error('a dialog: ' + dialog.message()) })
  const texts = badTexts()
  const sharp = texts.filter((each) => /[<"'>]/.test(each))
  let files = 0
  await signIn(page)
  for (const title of sharp.slice(0, 60)) {
    const id = await sendFileCalled(context, cut(title, 80))
    if (!id) continue
    ++files
    await look(page, `/desk/submissions/${id}/attachments`)
    const file = await context.request.get(`${url}/desk/submissions/${id}/attachments/1`)
    assert.equal(file.status(), 200)
    assert.match(file.headers()['content-disposition'], /^attachment; filename="[A-Za-z0-9.-]+"$/, 'a file system hears nothing of it')
  }
  console.log(`${files} file names`)
  assert.ok(files > 20)
  await look(page, '/desk')
  for (const text of sharp.slice(60, 90)) {
    await page.goto(`${url}/desk/invitations`)
    await page.fill('#name', cut(text, 100).replace(/[\r\n]/g, ' ') + ', x')
    await page.fill('#born', '3/2/1961')
    await page.fill('#mail', cut(text, 60))
    await page.fill('#phone', cut(text, 30))
    await press(page, page.getByRole('button', { name: 'Make the link' }))
  }
  await look(page, '/desk/invitations')
  for (const text of sharp.slice(90, 110)) {
    await page.goto(`${url}/desk/today`)
    await page.click('text=Add a walk-in')
    await page.locator('.govuk-details__text #name').fill(cut(text, 100) + ', y')
    await page.fill('#born', '3/2/1961')
    await press(page, page.getByRole('button', { name: 'Add, and they have arrived' }))
    await expectOnlyOurs(page, 'appointment')
  }
  await look(page, '/desk/today')
  const decline = page.getByRole('button', { name: 'Record that it was declined' })
  const reopen = page.getByRole('button', { name: 'It is open again' })
  const ways = await page.locator('a[href*="/missing/"]').evaluateAll((all) => all.map((each) => each.getAttribute('href')))
  let declined = false
  for (const way of ways) {
    await page.goto(url + way)
    // A plan that must be called, say, can't be declined.
    if (await decline.count() === 0) continue
    for (const text of sharp.slice(110, 125)) {
      await page.goto(url + way)
      if (await reopen.count() > 0) await press(page, reopen)
      await page.locator('form', { has: decline }).locator('[name=words]').fill(cut(text, 200))
      await press(page, decline)
      await expectOnlyOurs(page, 'missing')
    }
    declined = true
    break
  }
  assert.ok(declined, 'something that is missing can be declined')
  await look(page, '/desk/today')
  for (const path of ['/desk/help', '/desk/day-list', '/desk/account']) await look(page, path)
  for (const text of sharp.slice(125, 140)) await sendPacketOf(context, cut(text, 60))
  await context.clearCookies()
  await signIn(page, 'money')
  for (const path of ['/desk/decisions', '/desk/eligibility', '/desk/decisions/calls', '/desk/rules']) await look(page, path)
  await page.goto(`${url}/desk/eligibility`)
  const coverages = await page.locator('a[href*="/desk/coverages/"]').evaluateAll((all) => all.map((each) => each.getAttribute('href')))
  for (const path of new Set(coverages.slice(0, 30))) await look(page, path)
  await context.clearCookies()
  await signIn(page, 'boss')
  for (const path of ['/desk/numbers', '/desk/clinic', '/desk/consents-due', '/desk/accounts', '/desk/emergencies']) await look(page, path)
  for (const text of sharp.slice(140, 150)) {
    await page.goto(`${url}/desk/reports?report=patient&receipt=${encodeURIComponent(cut(text, 60))}`)
    await expectOnlyOurs(page, 'reports')
  }
}))
