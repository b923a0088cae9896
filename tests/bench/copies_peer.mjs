// How many copies a second the peer's pdf.mjs draws: node copies_peer.mjs PEER_FOLDER DATA_FOLDER SECONDS; PDF_FONT is
// the face that it embeds. Prints copies a second of processor time and of the clock, and the bytes of one.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [peer, data, seconds] = process.argv.slice(2)
const { renderPdf } = await import(pathToFileURL(`${peer}/pdf.mjs`))
const read = (name) => JSON.parse(readFileSync(`${data}/${name}.json`))
const form = read('questionnaire')
const response = read('response')
for (let at = 0; at < 20; ++at) await renderPdf(form, response)
const begun = performance.now()
const cpu = process.cpuUsage()
let count = 0
let copy
while (performance.now() - begun < seconds * 1000) {
  copy = await renderPdf(form, response)
  ++count
}
const { user, system } = process.cpuUsage(cpu)
console.log((count * 1e6) / (user + system), (count * 1000) / (performance.now() - begun), copy.length)
