// What the simulator can say. Plans, amounts and messages are invented here.

/** Bytes around the loops of one 271, with the counts and control numbers that belong to them. */
function file(asked, loops, { id = '271', marks = '*^:~', code = 'HB', version = '005010X279A1' } = {}) {
  const now = new Date()
  const day = now.toISOString().slice(0, 10).replaceAll('-', '')
  const time = now.toISOString().slice(11, 16).replace(':', '')
  const control = asked.control
  const set = [`ST*${id}*0001*${version}`, ...loops]
  const segments = [
    `ISA*00*          *00*          *ZZ*INTAKESIMULATOR*ZZ*${asked.sender}*${day.slice(2)}*${time}*^*00501*${control}*0*T*:`,
    `GS*${code}*INTAKESIMULATOR*${asked.sender.trim()}*${day}*${time}*${asked.group}*X*${version}`,
    ...set, `SE*${set.length + 1}*0001`, `GE*1*${asked.group}`, `IEA*1*${control}`,
  ]
  const [element, repetition, component, terminator] = marks
  const other = { '*': element, '^': repetition, ':': component }
  return segments.map((each) => each.replace(/[*^:]/g, (mark) => other[mark]) + terminator).join('')
}

/** The patient's loop; `refusals` stand between the name and the birth date, as the standard has it. */
function person(asked, changes = {}, refusals = []) {
  const who = { subscriber: asked.subscriber.slice(0, 10), born: asked.born[2], trace: asked.trace[2], ...changes }
  const has = asked.dependent.length > 0
  const patient = has && changes.subscriber === undefined ? asked.dependent.slice(0, 5) : who.subscriber
  const trace = `TRN*2*${who.trace}*${asked.trace[3]}`
  const birth = who.born === undefined ? [] : [`DMG*D8*${who.born}`]
  return has
    ? [`HL*3*2*22*1`, who.subscriber.join('*'), 'HL*4*3*23*0', trace, patient.join('*'), ...refusals, ...birth]
    : ['HL*3*2*22*0', trace, who.subscriber.join('*'), ...refusals, ...birth]
}

function loops(asked, rows, changes) {
  const now = new Date().toISOString()
  const isRefusal = (row) => row.startsWith('AAA*')
  return [
    `BHT*0022*11*${asked.reference}*${now.slice(0, 10).replaceAll('-', '')}*${now.slice(11, 16).replace(':', '')}`,
    'HL*1**20*1', `NM1*PR*2*SIMULATED PAYER ${asked.payer}*****PI*${asked.payer}`, 'HL*2*1*21*1',
    asked.provider.join('*'), ...person(asked, changes, rows.filter(isRefusal)),
    ...rows.filter((row) => !isRefusal(row)),
  ]
}

const year = new Date().getFullYear()
const active = [
  `DTP*291*RD8*${year}0101-${year + 1}1231`, 'EB*1**30**SIMULATED PLAN A', 'MSG*SIMULATED: NOTHING OF THIS IS A PAYERS WORD',
  'EB*C*IND*30***23*1500*****Y', 'EB*C*IND*30***29*850*****Y', 'EB*C*FAM*30***23*3000*****Y', 'EB*C*IND*30***23*4000*****N',
  'EB*B*IND*98***27*40*****Y', 'EB*A*IND*98*****.2****N', 'EB*CB**MH********Y',
]
const inactive = [`DTP*291*RD8*${year - 1}0101-${year}1031`, 'EB*6**30**SIMULATED PLAN B', 'MSG*SIMULATED: PLAN ENDED']

const x12 = (rows, changes, how) => ({ asked, reply }) => reply(file(asked, loops(asked, rows, changes), how))
const stranger = { subscriber: ['NM1', 'IL', '1', 'STRANGER', 'SIMON', '', '', '', 'MI', 'EX0000000'], born: '19880808' }

export const answers = {
  active: x12(active),
  inactive: x12(inactive),
  'not-found': x12(['AAA*N**75*C']),
  'payer-down': x12(['AAA*N**42*R']),
  'payer-does-not-answer': x12(['AAA*N**80*P']),
  wait: x12(['AAA*Y**42*Y']),
  // The same in marks that the standard allows and few use.
  'strange-marks': x12(active, undefined, { marks: '\x1D\x1F\x1C\n' }),
  'ten-thousand-rows': x12(Array.from({ length: 10000 }, (_, n) => (n === 0 ? 'EB*1**30' : `EB*C*IND*${n % 99}***23*${n}`))),
  'somebody-else': x12(active, stranger),
  'another-trace': x12(active, { trace: 'SIMULATED-OTHER' }),
  slow: (to) => setTimeout(() => answers.active(to), to.slowSeconds * 1000),
  hang: () => {},
  // X12 that ends in the middle of a row, in an envelope that is whole.
  'cut-x12': ({ asked, reply }) => {
    const whole = file(asked, loops(asked, active))
    reply(whole.slice(0, whole.indexOf('EB*C*FAM') + 12))
  },
  'cut-envelope': ({ asked, enveloped, send }) => {
    const { type, body } = enveloped(file(asked, loops(asked, active)))
    send(200, type, body.slice(0, -60))
  },
  'cut-connection': ({ response }) => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 5000 })
    response.write('ISA*00*', () => response.destroy())
  },
  html: ({ send }) => send(200, 'text/html', '<!doctype html><title>simulated</title><p>Maintenance'),
  json: ({ send }) => send(200, 'application/json', '{"simulated":"maintenance"}'),
  'soap-fault': ({ send }) =>
    send(500, 'text/xml', '<s:Envelope xmlns:s="simulated"><s:Body><s:Fault>simulated</s:Fault></s:Body></s:Envelope>'),
  empty: ({ send }) => send(200, 'text/plain', ''),
  'no-payload': ({ reply }) => reply(undefined),
  oversized: ({ send }) => send(200, 'text/plain', 'ISA'.repeat(4 << 20)),
  'envelope-error': ({ reply }) => reply(undefined, 'ReceiverIDIllegal'),
  unauthorized: ({ send }) => send(401, 'text/plain', 'simulated'),
  away: ({ send }) => send(503, 'text/html', '<p>simulated'),
  rejected: ({ asked, reply }) =>
    reply(file(asked, [`AK1*HS*${asked.group}*005010X279A1`, `AK2*270*${asked.set}*005010X279A1`, 'IK5*R*5', 'AK9*R*1*1*0'],
      { id: '999', code: 'FA', version: '005010X231A1' })),
}
