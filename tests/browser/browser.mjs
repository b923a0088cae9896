// One Chromium for all tests, and contexts that notice what no page may do: script errors, breaches of the content
// security policy, requests to anybody else.
import assert from 'node:assert/strict'
import { X509Certificate, createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.env.INTAKE_MODULES, 'package.json'))
const { chromium } = require('playwright-core')
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export const url = process.env.INTAKE_URL
export const languages = process.env.INTAKE_LANGUAGES.split(' ')
export const phone = { width: 390, height: 844 }
export const narrow = { width: 320, height: 640 }
export const desktop = { width: 1280, height: 900 }
const pictures = process.env.INTAKE_PICTURES

let starting

// The installation's certificate is as good as any: a browser keeps nothing of a site whose certificate it does not trust, and
// goes Back to a page by fetching it anew.
function trustedKey() {
  const { publicKey } = new X509Certificate(readFileSync(join(process.env.INTAKE_FOLDER, 'tls', 'server.crt')))
  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64')
}

export const startBrowser = () => {
  starting = chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-proxy-server',
      // A page that asked anybody else would find nobody, and the test would see that it asked.
      `--ignore-certificate-errors-spki-list=${trustedKey()}`,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'],
  })
  return starting
}

export const stopBrowser = async () => (await starting).close()

// use({script, size}, async (page, context) => …): a browser that has never been here. What it noticed is an error.
export async function use({ script = 'on', size = phone, allow = [] }, work) {
  const context = await (await starting).newContext({
    viewport: size, ignoreHTTPSErrors: true, javaScriptEnabled: script === 'on', acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  const noticed = []
  context.setDefaultTimeout(8000)
  context.on('request', (request) => {
    if (!request.url().startsWith(url + '/') && !request.url().startsWith('data:')) {
      noticed.push('asked ' + request.url())
    }
  })
  context.on('weberror', (error) => noticed.push('script error: ' + error.error().message))
  context.on('console', (message) => {
    // Chromium logs every answer that is an error; which of them are expected is asserted where it matters.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) noticed.push(message.text())
  })
  try {
    const page = await context.newPage()
    await work(page, context)
  } finally {
    await context.close()
  }
  assert.deepEqual(noticed.filter((each) => !allow.some((pattern) => pattern.test(each))), [])
}

// Every rule of WCAG 2.2, levels A and AA, that a program can check.
export async function expectAccessible(page, what) {
  if (!(await page.evaluate(() => typeof window.axe === 'object'))) await page.evaluate(axeSource)
  const result = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    resultTypes: ['violations'],
  }))
  const found = result.violations.map((v) =>
    v.id + ': ' + v.help + ' at ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' and '))
  assert.deepEqual(found, [], what)
}

// What axe does not look at: sideways scrolling, size of targets, one h1, the clinic's phone where it always is.
export async function expectWellMade(page, what, { language = 'en' } = {}) {
  const seen = await page.evaluate(() => {
    const small = []
    for (const each of document.querySelectorAll('button:not([aria-hidden]), .govuk-radios__item, .govuk-checkboxes__item, select, ' +
      'textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])')) {
      const box = each.getBoundingClientRect()
      if (box.width > 0 && (box.height < 40 || box.width < 40)) small.push(each.id || each.textContent.trim())
    }
    const ids = [...document.querySelectorAll('[id]')].map((each) => each.id)
    return {
      language: document.documentElement.lang,
      headings: document.querySelectorAll('h1').length,
      call: document.querySelectorAll('header a[href^="tel:"]').length,
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      twice: ids.filter((id, at) => ids.indexOf(id) !== at),
      small,
      title: document.title,
    }
  })
  assert.match(seen.title, /\S/, what)
  delete seen.title
  assert.deepEqual(seen,
    { language, headings: 1, call: 1, sideways: 0, twice: [], small: [] }, what)
}

let pictured = 0
// Keeps what a person would see, where somebody wants to look.
export async function picture(page, name) {
  if (!pictures) return
  if (!existsSync(pictures)) mkdirSync(pictures, { recursive: true })
  const number = String(++pictured).padStart(3, '0')
  await page.screenshot({ path: join(pictures, `${number}-${name.replaceAll(/[^a-zA-Z0-9]+/g, '-')}.png`), fullPage: true })
}

// Looks at a page as it stands, on a phone and at 320 px (which is also 1280 px at 400 %), and on a desktop.
export async function expectGoodPage(page, what, { language = 'en', everySize = false } = {}) {
  await page.setViewportSize(narrow)
  await expectWellMade(page, what + ', 320 px', { language })
  await page.setViewportSize(phone)
  await picture(page, what + ' phone')
  await expectAccessible(page, what)
  if (!everySize && !pictures) return
  await page.setViewportSize(desktop)
  await expectWellMade(page, what + ', desktop', { language })
  await picture(page, what + ' desktop')
  if (everySize) await expectAccessible(page, what + ', desktop')
}
