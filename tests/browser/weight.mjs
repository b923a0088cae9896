// What a phone on a bad line has to fetch.
import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'

import { languages, url, use } from './browser.mjs'
import { named } from './named.mjs'

const firstVisitBytesMax = 60 * 1024
const pageGzippedBytesMax = 12 * 1024

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
  named(`${language}: no page is heavy`, () => use({}, async (page, context) => {
    await page.goto(`${url}/forms?lang=${language}`)
    const forms = await page.$$eval('main a[href^="/forms/"]', (links) => links.map((each) => each.href))
    const heavy = []
    for (const address of forms) {
      const html = await (await context.request.get(address)).text()
      const size = gzipSync(html).length
      if (size > pageGzippedBytesMax) heavy.push(`${address}: ${size} bytes gzipped`)
    }
    assert.deepEqual(heavy, [])
  }))
}

for (const path of ['/', '/forms/peg', '/forms/registration', '/forms/coverage']) {
  named(`a first visit to ${path} is light`, () => use({}, async (page, context) => {
    const bytes = await bytesOf(page, context, `${url}${path}?lang=en`)
    assert.ok(bytes > 1000 && bytes <= firstVisitBytesMax, `${bytes} bytes`)
    console.log(`    ${path}: ${bytes} bytes at the first visit`)
  }))
}
