// A patient fills in a form and sends it, with and without JavaScript.
import assert from 'node:assert/strict'

import { expectGoodPage, languages, url, use } from './browser.mjs'
import { named } from './named.mjs'

export const send = (page) => page.click('#answers > button.govuk-button >> nth=0')

export const receiptOf = async (page) => (await page.textContent('.intake-receipt')).trim()

// Pain, enjoyment, activity: the shortest whole form.
export async function fillPeg(page, numbers = ['7', '5', '6']) {
  const names = ['peg/peg.pain', 'peg/peg.enjoyment', 'peg/peg.activity']
  for (const [at, name] of names.entries()) {
    await page.check(`input[name="${name}"][value="${numbers[at]}"]`)
  }
}

for (const script of ['on', 'off']) {
  named(`script ${script}: a whole form is received, once, however often it is sent`, () =>
    use({ script }, async (page) => {
      await page.goto(`${url}/forms/peg?lang=en`)
      const token = await page.getAttribute('[name=_token]', 'value')
      await fillPeg(page)
      await page.dblclick('#answers > button.govuk-button >> nth=0')
      await page.waitForSelector('.intake-receipt')
      const receipt = await receiptOf(page)
      assert.match(receipt, /^[0-9A-Z]{5}-?[0-9A-Z]{5}$/)
      await page.reload()
      assert.equal(await receiptOf(page), receipt, 'sent again by reloading')
      await page.goBack()
      assert.equal(await page.getAttribute('[name=_token]', 'value'), token, 'the same page')
      await fillPeg(page)
      await send(page)
      await page.waitForSelector('.intake-receipt')
      assert.equal(await receiptOf(page), receipt, 'sent again after Back')
    }))

  named(`script ${script}: the same page sent again with other answers says what to do`, () =>
    use({ script }, async (page, context) => {
      await page.goto(`${url}/forms/peg?lang=en`)
      const token = await page.getAttribute('[name=_token]', 'value')
      const first = await context.request.post(`${url}/forms/peg?lang=en`, {
        form: { _token: token, 'peg/peg.pain': 7, 'peg/peg.enjoyment': 7, 'peg/peg.activity': 7 },
      })
      assert.equal(first.status(), 200)
      await fillPeg(page, ['2', '2', '2'])
      await send(page)
      await page.waitForSelector('main [role=alert]')
      assert.match(await page.textContent('main [role=alert]'), /already sent with other answers/)
      assert.ok(await page.isChecked('input[name="peg/peg.pain"][value="2"]'))
      if (script === 'on') await expectGoodPage(page, 'already sent')
    }))

  named(`script ${script}: what is wrong is said on top, has the focus and leads to its field`, () =>
    use({ script }, async (page) => {
      await page.goto(`${url}/forms/registration?lang=en`)
      await page.fill('[name="patient.name/patient.name.given"]', 'Zoë "Z" <b>')
      await page.fill('[name="patient.birth/patient.birth-date:month"]', 'February')
      await page.fill('[name="patient.birth/patient.birth-date:day"]', '31')
      await page.fill('[name="patient.birth/patient.birth-date:year"]', '1950')
      await send(page)
      await page.waitForSelector('.govuk-error-summary')
      assert.equal(await page.evaluate(() => document.activeElement.className), 'govuk-error-summary')
      assert.match(await page.title(), /^Error: /)
      assert.equal(await page.inputValue('[name="patient.name/patient.name.given"]'), 'Zoë "Z" <b>')
      assert.equal(await page.inputValue('[name="patient.birth/patient.birth-date:month"]'), 'February')
      const links = await page.$$eval('.govuk-error-summary__list a', (all) => all.map((a) => a.hash))
      assert.ok(links.length > 3)
      for (const [at, hash] of links.entries()) {
        await page.locator('.govuk-error-summary__list a').nth(at).click()
        const focused = await page.evaluate(() => ({
          id: document.activeElement.id,
          control: document.activeElement.matches('input, select, textarea, h2[tabindex], h3[tabindex]'),
        }))
        assert.deepEqual(focused, { id: decodeURIComponent(hash.slice(1)), control: true })
      }
      // Whoever meets the field without the summary hears the sentence with it.
      const described = await page.evaluate(() => {
        const field = document.querySelector('[name="patient.name/patient.name.family"]')
        return field.getAttribute('aria-describedby').split(' ')
          .map((id) => document.getElementById(id)?.textContent).join(' ')
      })
      assert.match(described, /\S/)
    }))
}

for (const language of languages) {
  named(`${language}: the receipt page is good`, () => use({}, async (page) => {
    await page.goto(`${url}/forms/peg?lang=${language}`)
    await fillPeg(page)
    await send(page)
    await page.waitForSelector('.intake-receipt')
    await expectGoodPage(page, `${language} received`, { language, everySize: true })
  }))
}
