// A clearinghouse that is none: it takes 270s in the CAQH CORE envelope over TLS on 127.0.0.1 and answers as its script says.
// Payers, plans and numbers are invented; every envelope it sends is from INTAKESIMULATOR, so that whoever reads one knows.
import { createServer } from 'node:https'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { answers } from './answers.mjs'

const usage = `usage: simulator.mjs --certificate FILE --key FILE [--port N] [--script FILE]
       [--client-authority FILE] [--user NAME --password TEXT] [--slow-seconds N]

Listens on 127.0.0.1 and prints "listening PORT". The script is a JSON list, the first that fits answers:
  [{"payer": "EX103", "member": "EO77812230", "answer": "not-found"}, {"answer": "active"}]
answers: ${Object.keys(answers).join(', ')}`

const options = parseArgs({
  options: {
    certificate: { type: 'string' }, key: { type: 'string' }, port: { type: 'string', default: '0' },
    script: { type: 'string' }, 'client-authority': { type: 'string' }, user: { type: 'string' },
    password: { type: 'string' }, 'slow-seconds': { type: 'string', default: '25' }, help: { type: 'boolean' },
  },
}).values

if (options.help || !options.certificate || !options.key) {
  process.stderr.write(`${usage}\n`)
  process.exit(options.help ? 0 : 2)
}

const script = JSON.parse(readFileSync(options.script ?? new URL('script.json', import.meta.url), 'utf8'))
for (const line of script) {
  if (answers[line.answer] === undefined) {
    process.stderr.write(`simulator.mjs: the script has no such answer: ${line.answer}\n${usage}\n`)
    process.exit(2)
  }
}

/** The fields of a multipart body by their names; nothing for a body that is none. */
function fieldsOf(type, body) {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type ?? '')?.[1]
  if (boundary === undefined) return null
  const fields = {}
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const gap = part.indexOf('\r\n\r\n')
    const name = /name="([^"]*)"/.exec(part.slice(0, gap))?.[1]
    if (gap < 0 || name === undefined) return null
    fields[name] = part.slice(gap + 4, -2)
  }
  return fields
}

/** What is wrong with an envelope, in the rule's own words; empty where nothing is. */
function wrongWith(fields) {
  const needed = ['PayloadType', 'ProcessingMode', 'PayloadID', 'TimeStamp', 'SenderID', 'ReceiverID', 'CORERuleVersion', 'Payload']
  for (const name of needed) if (!fields[name]) return `${name}Required`
  if (fields.PayloadType !== 'X12_270_Request_005010X279A1') return 'PayloadTypeIllegal'
  if (fields.ProcessingMode !== 'RealTime') return 'ProcessingModeIllegal'
  if (!fields.Payload.startsWith('ISA')) return 'PayloadIllegal'
  return ''
}

/** The parts of a 270 that its answer needs. */
function read270(text) {
  const element = text[3]
  const segments = text.split(text[105]).map((each) => each.trim().split(element))
  const find = (id, at, value) => segments.find((each) => each[0] === id && (at === undefined || each[at] === value)) ?? []
  const last = (id) => segments.filter((each) => each[0] === id).at(-1) ?? []
  return {
    control: find('ISA')[13], group: find('GS')[6], set: find('ST')[2], reference: find('BHT')[3],
    sender: find('ISA')[6], payer: find('NM1', 1, 'PR')[9], provider: find('NM1', 1, '1P'),
    subscriber: find('NM1', 1, 'IL'), dependent: find('NM1', 1, '03'), trace: last('TRN'), born: last('DMG'),
    member: find('NM1', 1, 'IL')[9] ?? '',
  }
}

const chosen = (asked) =>
  script.find((each) => (each.payer ?? asked.payer) === asked.payer && (each.member ?? asked.member) === asked.member)

function envelope(fields) {
  const boundary = `simulator-${fields.PayloadID}`
  const parts = Object.entries(fields).map(([name, value]) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` }
}

function answerTo(fields, payload, error = 'Success') {
  return envelope({
    PayloadType: error === 'Success' ? 'X12_271_Response_005010X279A1' : 'CoreEnvelopeError', ProcessingMode: 'RealTime',
    PayloadID: fields.PayloadID ?? 'none', TimeStamp: `${new Date().toISOString().slice(0, 19)}Z`,
    SenderID: 'INTAKESIMULATOR', ReceiverID: fields.SenderID ?? '', CORERuleVersion: '2.2.0', ErrorCode: error,
    ErrorMessage: 'simulated', ...(payload === undefined ? {} : { Payload: payload }),
  })
}

function serve(request, response, body) {
  const send = (status, type, text) => {
    response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) })
    response.end(text)
  }
  const fields = fieldsOf(request.headers['content-type'], body)
  if (request.method !== 'POST' || fields === null) return send(400, 'text/plain', 'simulated: no CORE envelope\n')
  if (options.user !== undefined && (fields.UserName !== options.user || fields.Password !== options.password)) {
    return send(403, 'text/plain', 'simulated: unauthorized\n')
  }
  const wrong = wrongWith(fields)
  if (wrong !== '') {
    const refused = answerTo(fields, undefined, wrong)
    return send(400, refused.type, refused.body)
  }
  const asked = read270(fields.Payload)
  const answer = chosen(asked)?.answer ?? 'not-found'
  process.stdout.write(`${new Date().toISOString()} ${fields.PayloadID} ${asked.trace[2]} ${answer}\n`)
  return answers[answer]({
    asked, send, response, slowSeconds: Number(options['slow-seconds']),
    reply: (payload, error) => {
      const whole = answerTo(fields, payload, error)
      send(200, whole.type, whole.body)
    },
    enveloped: (payload) => answerTo(fields, payload),
  })
}

const tls = { cert: readFileSync(options.certificate), key: readFileSync(options.key), minVersion: 'TLSv1.2' }
if (options['client-authority'] !== undefined) {
  Object.assign(tls, { ca: readFileSync(options['client-authority']), requestCert: true, rejectUnauthorized: true })
}
const server = createServer(tls, (request, response) => {
  const pieces = []
  let bytes = 0
  request.on('data', (piece) => {
    bytes += piece.length
    if (bytes > 1 << 20) request.destroy()
    pieces.push(piece)
  })
  request.on('end', () => serve(request, response, Buffer.concat(pieces).toString('latin1')))
})
server.listen(Number(options.port), '127.0.0.1', () => process.stdout.write(`listening ${server.address().port}\n`))
process.on('SIGTERM', () => process.exit(0))
