// What a phone on a bad line has to fetch.
import assert from 'node:assert/strict'

import { languages, url, use } from './browser.mjs'
import { named } from './named.mjs'

const firstVisitBytesMax = 60 * 1024
const pageBytesMax = 12 * 1024

// Everything that came over the line until the page was whole: heads, bodies as they were sent.
async function bytesOf(page, context, address) {
  const wire = await context.newCDPSession(page)
  await wire.send('Network.enable')
  let bytes = 0
  wire.on('Network.loadingFinished', (each) => { bytes += each.encodedDataLength })
  await page.goto(address, { waitUntil: 'networkidle' })
  return bytes
}

for (const language of languages) {
  named(`${language}: a first visit to any form is light, and the next page lighter`, () => use({}, async (page) => {
    await page.goto(`${url}/forms?lang=${language}`)
    const heavy = []
    let heaviest = [0, 0]
    for (const address of await page.$$eval('main a[href^="/forms/"]', (links) => links.map((each) => each.href))) {
      await use({}, async (fresh, context) => {
        const first = await bytesOf(fresh, context, address)
        const next = await bytesOf(fresh, context, address)
        heaviest = [Math.max(heaviest[0], first), Math.max(heaviest[1], next)]
        if (first < 1000 || first > firstVisitBytesMax || next > pageBytesMax) heavy.push(`${address}: ${first}, then ${next}`)
      })
    }
    console.log(`    ${language}: ${heaviest[0]} bytes at the heaviest first visit, ${heaviest[1]} for the heaviest page after it`)
    assert.deepEqual(heavy, [])
  }))
}
