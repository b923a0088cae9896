// The whole packet of a new patient, every form and page of it, as different people would: on a phone, at a desktop without
// script, over a bad line.
import assert from 'node:assert/strict'

import { desktop, expectAccessible, languages, phone, url, use } from './browser.mjs'
import { named } from './named.mjs'
import { receiptOf } from './sending.mjs'
import { begin, goOn } from './visit.mjs'

const words = [[/phone/, '904-555-0131'], [/zip|postal/, '32202'], [/email/, 'ana@example.com'], [/member-id/, 'W123456789'], [/./, 'Ana']]
const months = { en: 'March', es: 'marzo', ht: 'mas' }

async function answer(page, id, language) {
  const field = page.locator(`[id="${id}"]`)
  if ((await field.getAttribute('type')) === 'search') {
    // A list that is searched: what is found is chosen.
    await field.fill('medicare')
    await Promise.all([page.waitForNavigation(), page.click(`button[name=_search][value="${id}"]`)])
    return page.check(`[id="${id}-found-1"]`)
  }
  const { kind, isMonth, name } = await field.evaluate((element) =>
    ({ kind: element.type, isMonth: /:(month|day)$/.test(element.name), name: element.name.replace(/:[a-z]+$/, '') }))
  if (isMonth) {
    const part = (which) => page.locator(`[name="${name}:${which}"]`)
    await part('month').fill(months[language])
    await part('day').fill('2')
    await part('year').fill('1961')
  } else if (kind === 'radio' || kind === 'checkbox') await field.check()
  else if (kind.startsWith('select')) await field.selectOption({ index: 1 })
  else await field.fill(words.find(([pattern]) => pattern.test(id))[1])
}

// One form from its first page until the task list is there again.
async function fillForm(page, language, see) {
  for (let pages = 0; pages < 60 && !page.url().includes('/visit?'); ++pages) {
    const missing = await page.$$eval('.govuk-error-summary a', (links) => links.map((link) => decodeURIComponent(link.hash.slice(1))))
    for (const id of missing) await answer(page, id, language)
    await see(page)
    await goOn(page)
  }
  assert.match(page.url(), /\/visit\?/, 'the form has an end')
}

async function fillPacket(page, language, see = () => {}) {
  await begin(page, 'new-patient', language)
  const open = 'main .govuk-task-list__item'
  const count = await page.locator(open).count()
  for (let at = 0; at < count; ++at) {
    await Promise.all([page.waitForURL(/\/visit\/[a-z]/), page.locator(open).nth(at).locator('a').click()])
    await fillForm(page, language, see)
  }
  await page.goto(`${url}/visit/check?lang=${language}`)
  await see(page)
  await page.dblclick('main form button')
  await page.waitForSelector('.intake-receipt', { timeout: 30000 })
  assert.match(await receiptOf(page), /^[0-9A-Z]{5}-?[0-9A-Z]{5}$/)
}

for (const language of languages) {
  named(`${language}: a whole packet on a phone, every page of it accessible`, () => use({}, (page) =>
    fillPacket(page, language, () => expectAccessible(page, page.url()))))

  named(`${language}: a whole packet at a desktop without script`, () =>
    use({ script: 'off', size: desktop }, (page) => fillPacket(page, language)))
}

named('a whole packet at 400 kbit/s and 400 ms', () => use({ size: phone }, async (page, context) => {
  context.setDefaultTimeout(20000)
  const wire = await context.newCDPSession(page)
  await wire.send('Network.enable')
  await wire.send('Network.emulateNetworkConditions',
    { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 })
  await fillPacket(page, languages[0])
}))
