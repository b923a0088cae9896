// A photo of an insurance card: attached, shown, removed, with script and without.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

import { expectGoodPage, languages, url, use } from './browser.mjs'
import { named } from './named.mjs'

const photo = readFileSync(new URL('../data/pictures/quarters.jpg', import.meta.url))
const front = '[name="coverage.plan[0]/coverage.plan.card-front"][type=file]'
const goOn = (page) => Promise.all([page.waitForNavigation(), page.click('#answers > button.govuk-button >> nth=0')])

async function openPlan(page, language) {
  await page.goto(`${url}/?lang=${language}`)
  await page.check('input[name=kind][value="new-patient"]')
  await page.click('main form button')
  await page.waitForURL(/\/visit\?/)
  // Without a plan there is no page about it.
  await page.goto(`${url}/visit/coverage/2?lang=${language}`)
  await page.check('[name="coverage/coverage.have"][value$="|yes"]')
  await goOn(page)
  await page.goto(`${url}/visit/coverage/3?lang=${language}`)
  await page.check('[name="coverage.plan[0]/coverage.plan.status"] >> nth=0')
}

for (const language of languages) {
  named(`${language}: a photo stays on a page that must be put right, and goes when it is removed`, () => use({}, async (page) => {
    await openPlan(page, language)
    await page.setInputFiles(front, { name: 'front of my card.jpg', mimeType: 'image/jpeg', buffer: photo })
    await goOn(page)
    assert.match(await page.textContent('.intake-attached'), /front of my card\.jpg, 1 KB/)
    await expectGoodPage(page, `${language} photo attached`, { language, everySize: true })
    await Promise.all([page.waitForNavigation(), page.click('.intake-attached button')])
    assert.equal(await page.locator('.intake-attached').count(), 0)
  }))

  named(`${language}: what is no photo gets a sentence at its question`, () => use({}, async (page) => {
    await openPlan(page, language)
    await page.setInputFiles(front, { name: 'card.jpg', mimeType: 'image/jpeg', buffer: photo.subarray(0, 400) })
    await goOn(page)
    assert.equal(await page.locator('.intake-attached').count(), 0)
    assert.equal(await page.locator('.govuk-form-group--error input[type=file]').count(), 1)
    await expectGoodPage(page, `${language} photo damaged`, { language })
  }))
}

named('a photo is attached without script', () => use({ script: 'off' }, async (page) => {
  await openPlan(page, 'en')
  await page.setInputFiles(front, { name: 'card.jpg', mimeType: 'image/jpeg', buffer: photo })
  await goOn(page)
  assert.match(await page.locator('.intake-attached').innerText(), /Attached: card\.jpg/)
}))
