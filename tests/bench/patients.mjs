// Plays patients for tests/bench/patients: reads a page, answers it, follows where it leads, until there is a receipt.
import { spawn } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { join } from 'node:path'

const [what, smoke, rounds, patients, think, seconds, receiptsFile] = process.argv.slice(2)
const { INTAKE_URL: url, INTAKE_CA: ca, INTAKE_LOG: log, INTAKE_SOURCE: source } = process.env
const authority = readFileSync(ca)
const packet = join(source, 'forms/packet')
const p50MaxMs = 5
const p99MaxMs = 100

const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
const dated = (text) => text.replace(/\{\{today([+-]\d+)?\}\}/g, (_, days) =>
  new Date(Date.now() + 86400000 * Number(days ?? 0)).toISOString().slice(0, 10))

// Fields as forms/from_fields.hpp names them: { form: [[name, value], …] }.
function typicalFields() {
  const forms = new Map(readdirSync(packet).filter((name) => name.endsWith('.json'))
    .map((name) => read(join(packet, name))).map((form) => [form.url, form]))
  const fields = {}
  const { entry } = JSON.parse(dated(readFileSync(join(packet, 'plan/typical/new-patient.json'), 'utf8')))
  for (const { resource } of entry) {
    const form = forms.get(resource.questionnaire.split('|')[0])
    fields[form.id] = fieldsOf(form.item, resource.item)
  }
  return fields
}

function fieldsOf(questions, items, before = '', into = []) {
  const met = {}
  for (const each of items) {
    const question = questions.find((one) => one.linkId === each.linkId)
    const indexed = (number, last) => question.repeats && (!last || number > 0 || question.type === 'group')
    const path = (number, last) => before + each.linkId + (indexed(number, last) ? `[${number}]` : '')
    if (question.type === 'group') {
      met[each.linkId] = (met[each.linkId] ?? -1) + 1
      fieldsOf(question.item ?? [], each.item ?? [], path(met[each.linkId], false) + '/', into)
    }
    for (const [number, answer] of (each.answer ?? []).entries()) {
      // Check boxes share a name, but where something is asked below each.
      const name = path(question.item ? number : 0, true)
      into.push(...named(name, before, answer))
      fieldsOf(question.item ?? [], answer.item ?? [], path(number, false) + '/', into)
    }
  }
  return into
}

function named(name, before, { valueCoding, valueDate, valueQuantity, valueAttachment, ...plain }) {
  if (valueAttachment) return []
  if (valueCoding?.code === 'draw') {
    // A finger is not at hand: the name is typed.
    return [[name, `${valueCoding.system}|type`], [name.replace(/choice$/, 'typed-name'), 'Linda Sample']]
  }
  if (valueCoding) return [[name, [valueCoding.system, valueCoding.code ?? valueCoding.display].filter(Boolean).join('|')]]
  if (valueQuantity) return [[name, String(valueQuantity.value)], [name + ':unit', valueQuantity.code ?? valueQuantity.unit]]
  if (valueDate) {
    const [year, month, day] = valueDate.split('-').map(Number)
    return [['year', year], ['month', month], ['day', day]].filter(([, part]) => part)
      .map(([part, value]) => [`${name}:${part}`, String(value)])
  }
  return [[name, String(Object.values(plain)[0])]]
}

const typical = typicalFields()
const topOf = (name) => /^[^/[:]*/.exec(name)[0]
const pause = (seconds) => new Promise((resume) => setTimeout(resume, seconds * 1000))
const random = (least, most) => least + Math.random() * (most - least)

// A browser: cookies, kept connections, an address of its own in the loopback network.
class Browser {
  #agent
  #cookie = ''
  constructor(address, heard) {
    this.heard = heard
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1, ca: authority, servername: 'localhost', localAddress: address })
  }

  get(path) { return this.#ask('GET', path) }
  post(path, fields) { return this.#ask('POST', path, new URLSearchParams(fields).toString()) }
  close() { this.#agent.destroy() }

  #ask(method, path, body) {
    const headers = { host: 'localhost', 'sec-fetch-site': 'same-origin' }
    if (this.#cookie) headers.cookie = this.#cookie
    if (body !== undefined) {
      headers['content-type'] = 'application/x-www-form-urlencoded'
      headers['content-length'] = Buffer.byteLength(body)
    }
    // Read as it is: unpacking is the phone's work, not the generator's.
    headers['accept-encoding'] = 'identity'
    return new Promise((resolve, reject) => {
      const began = performance.now()
      const asked = request(url + path, { method, headers, agent: this.#agent }, (answer) => {
        const parts = []
        answer.on('data', (part) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => {
          const [set] = answer.headers['set-cookie'] ?? []
          if (set) this.#cookie = set.split(';')[0]
          this.heard({ what: `${method} ${path.split('?')[0]}`, ms: performance.now() - began,
            id: answer.headers['x-request-id'], status: answer.statusCode })
          resolve({ status: answer.statusCode, html: Buffer.concat(parts).toString(), to: answer.headers.location })
        })
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
}

const expect = (answer, status, path) => {
  if (answer.status !== status) {
    const said = answer.html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 400)
    throw new Error(`${path}: ${answer.status} instead of ${status}: ${said}`)
  }
  return answer
}

// One page: read, kept once while it is filled in, sent. Gives the next one's address.
async function answerPage(browser, path, wait) {
  const { html } = expect(await browser.get(path), 200, path)
  const form = path.split('/')[2]
  const tops = new Set([...html.matchAll(/ name="([^"_][^"]*)"/g)].map(([, name]) => topOf(name)))
  const fields = (typical[form] ?? []).filter(([name]) => tops.has(topOf(name)))
  const address = path.split('?')[0] + '?lang=en'
  const below = path.includes('below=1') ? [['_below', '1']] : []
  if (wait) {
    await wait(0.5)
    const revision = / data-revision="(\d+)"/.exec(html)?.[1]
    if (revision) expect(await browser.post(address, [...fields, ...below, ['_autosave', revision]]), 200, 'kept ' + path)
    await wait(0.5)
  }
  return expect(await browser.post(address, [...fields, ...below]), 303, path).to
}

// From the start page to the receipt.
async function wholePacket(browser, wait) {
  expect(await browser.get('/?lang=en'), 200, '/')
  if (wait) await wait(1)
  expect(await browser.post('/visit?lang=en', [['kind', 'new-patient']]), 303, '/visit')
  for (let forms = 0; forms < 60; ++forms) {
    const { html } = expect(await browser.get('/visit?lang=en'), 200, '/visit')
    const tasks = html.split('govuk-task-list__item--with-link').slice(1)
    // What may wait is left for later, as most would.
    const open = tasks.find((each) => !/govuk-tag--green/.test(each) && typical[/\/visit\/([^/]+)\//.exec(each)[1]])
    if (!open || !html.includes('/visit/')) break
    for (let at = / href="(\/visit\/[^"]+)"/.exec(open)[1].replaceAll('&amp;', '&'), pages = 0; at.startsWith('/visit/') && pages < 60; ++pages) {
      at = await answerPage(browser, at, wait)
    }
  }
  expect(await browser.get('/visit/check?lang=en'), 200, '/visit/check')
  if (wait) await wait(1)
  expect(await browser.post('/visit/send?lang=en', []), 303, '/visit/send')
  const { html } = expect(await browser.get('/visit/received?lang=en'), 200, '/visit/received')
  return /intake-receipt">([^<]+)</.exec(html)[1]
}

// What else a patient may open.
async function otherPages(browser) {
  const opened = async (path) => expect(await browser.get(path), 200, path).html
  const forms = await opened('/forms?lang=en')
  for (const [, path] of forms.matchAll(/href="(\/forms\/[^"?]+)/g)) await opened(path + '?lang=en')
  for (const path of ['/resume', '/arrived', '/device', '/insurance', '/insurance?q=blue']) await opened(path)
  expect(await browser.post('/insurance?lang=en', [['payer', 'example_blue'], ['plan_name', 'Blue Care']]), 200, '/insurance')
  expect(await browser.post('/visit?lang=en', [['kind', 'follow-up']]), 303, '/visit')
  await opened('/visit/help?lang=en')
  expect(await browser.post('/visit/help?lang=en', [['phone', '305-555-0199']]), 303, '/visit/help')
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]
const times = (list) => {
  const sorted = [...list].sort((a, b) => a - b)
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), most: sorted.at(-1) }
}

// What the service says of each request.
function tookByRequest() {
  const took = new Map()
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    if (!line.includes('"event":"request"')) continue
    const { request: id, microseconds } = JSON.parse(line)
    took.set(id, microseconds / 1000)
  }
  return took
}

async function runPages() {
  const heard = []
  const receipts = []
  for (let round = 0; round < Number(rounds); ++round) {
    const browser = new Browser(undefined, (one) => heard.push(one))
    receipts.push(await wholePacket(browser))
    await otherPages(browser)
    browser.close()
  }
  await pause(0.2)
  const took = tookByRequest()
  const pages = new Map()
  for (const { what: page, id } of heard) pages.set(page, [...pages.get(page) ?? [], took.get(id)])
  if (smoke === 'no') {
    const rows = [...pages].map(([page, list]) => [page, times(list)]).sort(([, a], [, b]) => b.p50 - a.p50)
    console.log('| page | p50 ms | p99 ms |\n|---|---|---|')
    for (const [page, { p50, p99 }] of rows) console.log(`| ${page} | ${p50.toFixed(2)} | ${p99.toFixed(2)} |`)
    const slow = rows.filter(([, { p50 }]) => p50 > p50MaxMs)
    console.log(`${rows.length} pages, ${rounds} times each; ${slow.length} over ${p50MaxMs} ms at p50`)
    if (slow.length > 0) process.exitCode = 1
  }
  return receipts
}

async function runCrowd() {
  const heard = []
  const seconds = Number(think)
  // A page takes between two thirds and four thirds of the time, in two halves.
  const wait = (share) => pause(share * random(seconds * 2 / 3, seconds * 4 / 3))
  const began = performance.now()
  const one = async (number) => {
    // Not all at the same instant: they come within the time that a page takes.
    await pause(random(0, seconds))
    const browser = new Browser(`127.1.${number >> 8}.${number & 255}`, (each) => heard.push(each))
    try {
      return await wholePacket(browser, wait)
    } finally {
      browser.close()
    }
  }
  const receipts = await Promise.all([...Array(Number(patients)).keys()].map(one))
  const took = (performance.now() - began) / 1000
  if (smoke === 'no') {
    await pause(0.5)
    const inside = tookByRequest()
    const [seen, own] = [times(heard.map((each) => each.ms)), times(heard.map((each) => inside.get(each.id)))]
    console.log(`${patients} patients at once, ${seconds} s a page: ${heard.length} requests in ${took.toFixed(0)} s, ` +
      `${(heard.length / took).toFixed(0)} a second`)
    console.log('| milliseconds | p50 | p99 | most |\n|---|---|---|---|')
    for (const [name, { p50, p99, most }] of [['seen from outside', seen], ['in the service', own]]) {
      console.log(`| ${name} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${most.toFixed(1)} |`)
    }
    if (seen.p99 > p99MaxMs) process.exitCode = 1
  }
  return receipts
}

class Over extends Error {}

// Patients at addresses of their own for so long; what they saw.
async function patientsFor(duration, count) {
  const heard = []
  const end = performance.now() + duration * 1000
  const wait = async () => {
    if (performance.now() > end) throw new Over()
    await pause(random(0.1, 0.3))
  }
  const receipts = []
  await Promise.all([...Array(count).keys()].map(async (number) => {
    const browser = new Browser(`127.2.0.${number + 1}`, (each) => heard.push(each))
    try {
      for (;;) receipts.push(await wholePacket(browser, wait))
    } catch (error) {
      if (!(error instanceof Over)) throw error
    } finally {
      browser.close()
    }
  }))
  return { ...times(heard.map((each) => each.ms)), count: heard.length, receipts,
    refused: heard.filter((each) => each.status === 429 || each.status === 503).length }
}

async function runFlood() {
  const calm = await patientsFor(Number(seconds), 20)
  // The flood's own work is not the service's: it stands back where both want a processor.
  const flood = spawn('nice', ['-n', '10', 'wrk', '-t1', '-c200', `-d${Number(seconds) + 2}s`, '--timeout', '20s', url + '/forms/registration'])
  let said = ''
  flood.stdout.on('data', (part) => { said += part })
  const ended = new Promise((resume) => flood.on('exit', resume))
  await pause(1)
  const flooded = await patientsFor(Number(seconds), 20)
  await ended
  const count = (pattern) => Number(pattern.exec(said)?.[1] ?? 0)
  const asked = count(/(\d+) requests in/)
  console.log('| 20 patients | requests | p50 ms | p99 ms | most | told to wait |\n|---|---|---|---|---|---|')
  for (const [name, one] of [['alone', calm], ['beside a flood', flooded]]) {
    console.log(`| ${name} | ${one.count} | ${one.p50.toFixed(1)} | ${one.p99.toFixed(1)} | ${one.most.toFixed(1)} | ${one.refused} |`)
  }
  console.log(`the flood: ${asked} requests from one address, ${count(/Non-2xx or 3xx responses: (\d+)/)} of them refused`)
  if (flooded.p99 > p99MaxMs || flooded.refused > 0 || asked < 1000) process.exitCode = 1
  return [...calm.receipts, ...flooded.receipts]
}

const receipts = await ({ pages: runPages, crowd: runCrowd, flood: runFlood }[what])()
writeFileSync(receiptsFile, receipts.map((each) => each + '\n').join(''))
