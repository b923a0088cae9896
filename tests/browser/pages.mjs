// Every page that a patient can open, as it is and with everything wrong.
import assert from 'node:assert/strict'

import { expectGoodPage, languages, url, use } from './browser.mjs'
import { named } from './named.mjs'

// What the list links to is what there is.
async function formAddresses(page, language) {
  await page.goto(`${url}/forms?lang=${language}`)
  return page.$$eval('main a[href^="/forms/"]', (links) => links.map((each) => each.getAttribute('href')))
}

for (const language of languages) {
  named(`${language}: the list of all forms is good`, () => use({}, async (page) => {
    const forms = await formAddresses(page, language)
    assert.ok(forms.length > 25, 'the list has the packet')
    await expectGoodPage(page, `${language} all forms`, { language, everySize: true })
  }))

  named(`${language}: every form is good, empty and sent empty`, () => use({}, async (page) => {
    for (const address of await formAddresses(page, language)) {
      const what = `${language} ${address.match(/forms\/([^?]+)/)[1]}`
      await page.goto(url + address)
      await expectGoodPage(page, what, { language })
      const answer = await Promise.all([page.waitForNavigation(), page.click('#answers > button.govuk-button >> nth=0')])
      if (answer[0].status() === 200) continue // a form without required questions was received
      assert.equal(answer[0].status(), 422, what)
      await expectGoodPage(page, what + ' with problems', { language })
    }
  }))

  named(`${language}: the accepted insurances are good, searched and checked`, () => use({}, async (page) => {
    const go = (button) => Promise.all([page.waitForNavigation(), page.click(button)])
    await page.goto(`${url}/insurance?lang=${language}`)
    await expectGoodPage(page, `${language} insurance`, { language, everySize: true })
    await page.fill('#q', 'local hmo')
    await go('form[role=search] button')
    assert.match(await page.textContent('main'), /Example Blue Local HMO/)
    await expectGoodPage(page, `${language} insurance searched`, { language })
    await page.selectOption('#payer', 'example_blue')
    await page.fill('#plan_name', 'Blue Care')
    await page.click('label[for=referral-no]')
    await go('form[method=post] button')
    assert.equal(await page.locator('main [role=status]').count(), 1)
    await expectGoodPage(page, `${language} insurance checked`, { language, everySize: true })
  }))

  named(`${language}: a page that is not there says so`, () => use({}, async (page) => {
    const answer = await page.goto(`${url}/nowhere?lang=${language}`)
    assert.equal(answer.status(), 404)
    await expectGoodPage(page, `${language} 404`, { language })
  }))
}

named('the language changes on a single form, with everything typed', () => use({}, async (page) => {
  await page.goto(`${url}/forms/medicines?lang=en`)
  await page.check('[name="allergies/allergy.any"][value$="|yes"]')
  await page.fill('textarea:visible, input[type=text]:visible >> nth=0', 'x y')
  await page.click('header button[value=es]')
  await page.waitForSelector('html[lang=es]')
  assert.equal(await page.inputValue('textarea:visible, input[type=text]:visible >> nth=0'), 'x y')
}))
