// Plays a day for tests/bench/desk_day: who sends forms, and who works on them.
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { join } from 'node:path'

const [submissions, staff, service] = process.argv.slice(2).map(Number)
const { INTAKE_URL: url, INTAKE_CA: ca, INTAKE_FOLDER: folder, INTAKE_SOURCE: source } = process.env
const authority = readFileSync(ca)
const password = readFileSync(join(folder, 'password'), 'utf8').trim()
const secret = readFileSync(join(folder, 'secret'), 'utf8').trim()
const samples = readdirSync(join(source, 'deploy/sample-day')).filter((name) => /^\d\d-.*\.json$/.test(name))
  .map((name) => readFileSync(join(source, 'deploy/sample-day', name), 'utf8')
    .replace(/\{\{today([+-]\d+)?\}\}/g, (_, days) => new Date(Date.now() + 86400000 * Number(days ?? 0)).toISOString().slice(0, 10)))
const parts = 10
const allowed = 12 * 1024

function ask(agent, method, path, { fields = {}, body = '' } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(url + path, { agent, method, headers: { ...fields, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      const pieces = []
      answer.on('data', (piece) => pieces.push(piece))
      answer.on('end', () => resolve({ status: answer.statusCode, fields: answer.headers, text: Buffer.concat(pieces).toString('latin1') }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

function expect(answer, what, ...statuses) {
  if (!statuses.includes(answer.status)) throw new Error(`${what} was answered ${answer.status}`)
  return answer
}

class Person {
  #agent = new Agent({ keepAlive: true, maxSockets: 1, ca: authority })
  #cookies = new Map()

  async page(path, ...statuses) {
    const answer = await ask(this.#agent, 'GET', path, { fields: { cookie: this.#cookie() } })
    this.#keep(answer)
    return expect(answer, path, ...(statuses.length ? statuses : [200]))
  }

  async post(path, values, ...statuses) {
    const answer = await ask(this.#agent, 'POST', path, { body: new URLSearchParams(values).toString(), fields: {
      cookie: this.#cookie(), 'content-type': 'application/x-www-form-urlencoded', origin: url, 'sec-fetch-site': 'same-origin' } })
    this.#keep(answer)
    return expect(answer, path, ...(statuses.length ? statuses : [200, 303]))
  }

  async signIn(name) {
    await this.page('/desk/sign-in')
    await this.post('/desk/sign-in', { name, password }, 303)
    this.csrf = /name="csrf" value="([^"]+)"/.exec((await this.page('/desk/search')).text)[1]
  }

  #cookie() { return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  #keep(answer) {
    for (const line of answer.fields['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
      this.#cookies.set(name, value)
    }
  }
}

let sent = 0
let acts = 0
let over = false

async function patients() {
  const agent = new Agent({ keepAlive: true, maxSockets: 4, ca: authority })
  const fields = { 'content-type': 'application/fhir+json', authorization: 'Basic ' + Buffer.from(`load:${secret}`).toString('base64') }
  while (sent < submissions) {
    const number = sent++
    const body = samples[number % samples.length].replace(/urn:uuid:[0-9a-f-]{36}/, 'urn:uuid:' + randomUUID())
    expect(await ask(agent, 'POST', '/fhir/QuestionnaireResponse', { fields, body }), 'a submission', 201)
  }
}

// What somebody at the desk does again and again. Billing opens no record.
async function work(person, number) {
  const reads = number % 4 !== 2
  while (!over) {
    await person.page('/desk/today')
    const list = await person.page('/desk/work?state=attention')
    await person.page('/desk/work/news?state=attention', 200, 304, 400)
    await person.post('/desk/search', { csrf: person.csrf, find: ['valdes', 'desir', '0101', 'carter'][acts % 4] }, 200)
    const id = /id="row-([0-9a-f-]{36})"/.exec(list.text)?.[1]
    if (id) {
      if (reads) await person.page(`/desk/submissions/${id}`)
      await person.page(`/desk/submissions/${id}.pdf`)
      const seen = new RegExp(`/desk/work/${id}.*?name="seen" value="(\\d+)"`, 's').exec(list.text)?.[1]
      if (seen) await person.post(`/desk/work/${id}`, { csrf: person.csrf, to: 'done', seen }, 303, 409)
    }
    acts++
  }
}

function residentKib(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

function family(pid) {
  try {
    const below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    return below.map(residentKib).reduce((sum, each) => sum + each, 0)
  } catch {
    return 0
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const people = []
for (let number = 0; number < staff; number++) {
  const person = new Person()
  await person.signIn(number === 0 ? 'front' : `staff${number}`)
  people.push(person)
}
console.log(`signed in: ${staff}; service ${(residentKib(service) / 1024).toFixed(1)} MiB\n`)
console.log('submissions   rounds of staff   service MiB   drawing MiB')
const measured = []
const watch = (async () => {
  for (let part = 1; part <= parts; part++) {
    while (sent < submissions * part / parts || (part === parts && !over)) await new Promise((resume) => setTimeout(resume, 100))
    measured.push(residentKib(service))
    console.log(`${String(sent).padStart(11)}   ${String(acts).padStart(15)}   ${(measured.at(-1) / 1024).toFixed(1).padStart(11)}   ${(family(service) / 1024).toFixed(1).padStart(11)}`)
  }
})()
const working = people.map((person, number) => work(person, number))
await Promise.all([patients(), patients()])
over = true
await Promise.all(working)
await watch
// The first tenth fills pools and caches.
const first = median(measured.slice(1, parts / 2))
const second = median(measured.slice(parts / 2))
console.log(`\nmedian of the first half ${(first / 1024).toFixed(1)} MiB, of the second ${(second / 1024).toFixed(1)} MiB`)
if (second > first * 1.125 && second - first > allowed) throw new Error('memory grew over the day')
process.exit(0)
