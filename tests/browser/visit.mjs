// A patient's packet: begun, kept page by page, left, come back to, sent.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

import { expectGoodPage, languages, url, use } from './browser.mjs'
import { tellDatabase } from './database.mjs'
import { named } from './named.mjs'
import { fillPeg, receiptOf } from './sending.mjs'

export const goOn = (page) => Promise.all([page.waitForNavigation(), page.click('#answers > button.govuk-button >> nth=0')])

export async function begin(page, kind, language = 'en') {
  await page.goto(`${url}/?lang=${language}`)
  await page.check(`input[name=kind][value="${kind}"]`)
  await page.click('main form button')
  await page.waitForURL(/\/visit\?/)
}

async function fillBirth(page, language = 'en') {
  await page.goto(`${url}/visit/registration/3?lang=${language}`)
  await page.fill('[name="patient.birth/patient.birth-date:month"]', { en: 'March', es: 'marzo', ht: 'mas' }[language])
  await page.fill('[name="patient.birth/patient.birth-date:day"]', '2')
  await page.fill('[name="patient.birth/patient.birth-date:year"]', '1961')
  await page.check('[name="patient.birth/patient.sex"] >> nth=0')
  await goOn(page)
}

const words = [[/phone/, '904-555-0131'], [/zip|postal/, '32202'], [/./, 'Ana']]

// Answers what a page says is missing, and nothing else.
async function answerWhatIsAsked(page) {
  for (let tries = 0; tries < 4; ++tries) {
    await goOn(page)
    const missing = await page.$$eval('.govuk-error-summary a', (links) => links.map((link) => link.hash.slice(1)))
    if (missing.length === 0) return
    for (const id of missing.map(decodeURIComponent)) {
      const field = page.locator(`[id="${id}"]`)
      const kind = await field.evaluate((element) => element.type)
      if (kind === 'radio' || kind === 'checkbox') await field.check()
      else if (kind.startsWith('select')) await field.selectOption({ index: 1 })
      else await field.fill(words.find(([name]) => name.test(id))[1])
    }
  }
}

// Who the patient is: without it nothing is sent.
async function sayWhoItIs(page, language) {
  await page.goto(`${url}/visit/registration/1?lang=${language}`)
  for (let pages = 0; pages < 15 && page.url().includes('/visit/registration/'); ++pages) {
    if (page.url().includes('/visit/registration/3')) await fillBirth(page, language)
    else await answerWhatIsAsked(page)
  }
  assert.match(page.url(), /\/visit\?/, 'every page of the form was gone through')
}

for (const language of languages) {
  named(`${language}: the way into a packet is good at every step`, () => use({}, async (page) => {
    await page.goto(`${url}/?lang=${language}`)
    await expectGoodPage(page, `${language} start`, { language, everySize: true })
    await page.click('main form button')
    await page.waitForSelector('.govuk-error-summary')
    await expectGoodPage(page, `${language} start without a reason`, { language })
    await begin(page, 'new-patient', language)
    await expectGoodPage(page, `${language} task list`, { language, everySize: true })
    await page.goto(`${url}/visit/registration/2?lang=${language}`)
    await goOn(page)
    await page.waitForSelector('.govuk-error-summary')
    await expectGoodPage(page, `${language} page with problems`, { language })
    await fillBirth(page, language)
    await expectGoodPage(page, `${language} next page`, { language, everySize: true })
    await page.goto(`${url}/visit?lang=${language}`)
    await expectGoodPage(page, `${language} task list with code`, { language })
    await page.goto(`${url}/resume?lang=${language}`)
    await expectGoodPage(page, `${language} resume`, { language, everySize: true })
    await page.click('main form button')
    await page.waitForSelector('.govuk-error-summary')
    await expectGoodPage(page, `${language} resume wrong`, { language })
  }))

  named(`${language}: what is done is checked, sent and had as a copy`, () => use({}, async (page, context) => {
    await begin(page, 'new-patient', language)
    const form = 'medicines'
    await page.goto(`${url}/visit/${form}/1?lang=${language}`)
    await expectGoodPage(page, `${language} ${form} in the packet`, { language })
    for (let pages = 0; pages < 5 && page.url().includes(`/visit/${form}/`); ++pages) {
      for (const no of await page.$$('input[type=radio][value$="|no"]')) await no.check()
      await goOn(page)
    }
    await page.goto(`${url}/visit/check?lang=${language}`)
    assert.match(page.url(), /\/visit\?/, 'nothing is sent before it is known who it is')
    await sayWhoItIs(page, language)
    await page.goto(`${url}/visit/check?lang=${language}`)
    await expectGoodPage(page, `${language} check`, { language, everySize: true })
    await page.dblclick('main form button')
    await page.waitForSelector('.intake-receipt')
    await expectGoodPage(page, `${language} packet received`, { language, everySize: true })
    const receipt = await receiptOf(page)
    const [copy] = await Promise.all([page.waitForEvent('download'), page.click('main a[href*="copy.pdf"]')])
    assert.equal(readFileSync(await copy.path()).toString('latin1', 0, 5), '%PDF-')
    await page.goBack()
    await page.goto(`${url}/visit?lang=${language}`)
    assert.match(await page.textContent('[role=status]'), new RegExp(receipt), 'the other forms can follow')
    await expectGoodPage(page, `${language} some received`, { language })
    await page.goto(`${url}/visit/received?lang=${language}`)
    assert.equal(await receiptOf(page), receipt)
    await page.click('main form button')
    await page.waitForURL(/\/resume/)
    assert.equal((await context.cookies()).length, 0, 'nothing stays on this phone')
  }))
}

for (const script of ['on', 'off']) {
  named(`script ${script}: the language changes on the page, with everything typed`, () =>
    use({ script }, async (page) => {
      await begin(page, 'new-patient')
      await page.goto(`${url}/visit/registration/2?lang=en`)
      await page.fill('[name="patient.name/patient.name.given"]', 'Zoë "Z"')
      await page.click('header button[value=ht]')
      await page.waitForSelector('html[lang=ht]')
      assert.equal(await page.inputValue('[name="patient.name/patient.name.given"]'), 'Zoë "Z"')
      await page.fill('[name="patient.name/patient.name.family"]', 'Example')
      await goOn(page)
      assert.match(page.url(), /registration\/3\?lang=ht/)
    }))

  named(`script ${script}: the code leads back from another phone`, () => use({ script }, async (page) => {
    await begin(page, 'new-patient')
    await fillBirth(page)
    await page.goto(`${url}/visit?lang=en`)
    const code = await page.textContent('.intake-code')
    await page.click('main form button')
    await page.waitForURL(/\/resume/)
    await page.fill('#code', code.toLowerCase().replace('-', ' '))
    await page.fill('#month', '3')
    await page.fill('#day', '02')
    await page.fill('#year', '1961')
    await page.click('main form button')
    await page.waitForURL(/\/visit\?/)
    await page.goto(`${url}/visit/registration/3?lang=en`)
    assert.equal(await page.inputValue('[name="patient.birth/patient.birth-date:year"]'), '1961')
  }))

  // With script a body is drawn, and asks on the same page: drawing.mjs. Here the script does not come.
  named(`script ${script}: where it hurts leads to how much`, () => use({ script }, async (page, context) => {
    await context.route('**/assets/*.js', (route) => route.abort())
    await begin(page, 'new-patient')
    await page.goto(`${url}/visit/pain-history/3?lang=en`)
    const boxes = page.locator('input[name="pain.where/pain.regions"]')
    await boxes.nth(1).check()
    await boxes.nth(4).check()
    await goOn(page)
    assert.match(page.url(), /below=1/)
    if (script === 'on') await expectGoodPage(page, 'below answers')
    const names = await page.$$eval('input[type=radio]', (all) => [...new Set(all.map((each) => each.name))])
    assert.equal(names.length, 2)
    for (const name of names) await page.check(`input[name="${name}"][value="6"]`)
    await goOn(page)
    assert.match(page.url(), /pain-history\/4/)
    await page.goto(`${url}/visit/pain-history/3?lang=en&below=1`)
    assert.ok(await page.isChecked(`input[name="${names[1]}"][value="6"]`))
  }))
}

for (const scripts of ['here', 'blocked']) {
  named(`scripts ${scripts}: without its database a page of a packet keeps what was typed`, () => use({}, async (page, context) => {
    if (scripts === 'blocked') await context.route('**/assets/*.js', (route) => route.abort())
    await begin(page, 'follow-up')
    await page.goto(`${url}/visit/peg/1?lang=en`)
    await fillPeg(page, ['3', '4', '9'])
    tellDatabase('stop')
    try {
      const [answer] = await goOn(page)
      assert.equal(answer.status(), 503)
      assert.ok(await page.isChecked('input[name="peg/peg.activity"][value="9"]'))
      await expectGoodPage(page, `packet 503, scripts ${scripts}`)
    } finally {
      tellDatabase('start')
    }
    for (let tries = 0; tries < 10 && page.url().includes('/visit/peg/'); ++tries) await goOn(page)
    assert.ok(!page.url().includes('/visit/peg/'), 'kept once the database is back')
  }))
}
