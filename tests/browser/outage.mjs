// PostgreSQL is gone while a patient presses Send: nothing that was typed may be.
import assert from 'node:assert/strict'

import { expectGoodPage, languages, url, use } from './browser.mjs'
import { tellDatabase } from './database.mjs'
import { named } from './named.mjs'
import { fillPeg, send } from './sending.mjs'

for (const language of languages) {
  named(`${language}: without its database the page keeps the answers, and sends them later`, () =>
    use({}, async (page, context) => {
      await page.goto(`${url}/forms/peg?lang=${language}`)
      await fillPeg(page, ['3', '4', '9'])
      tellDatabase('stop')
      try {
        const [answer] = await Promise.all([page.waitForNavigation(), send(page)])
        assert.equal(answer.status(), 503)
        assert.ok(Number(answer.headers()['retry-after']) > 0)
        assert.ok(await page.isChecked('input[name="peg/peg.activity"][value="9"]'))
        await expectGoodPage(page, `${language} 503`, { language })
        const other = await context.newPage()
        assert.equal((await other.goto(`${url}/forms/peg?lang=${language}`)).status(), 200, 'a form can be read')
        await other.close()
      } finally {
        tellDatabase('start')
      }
      for (let tries = 0; tries < 10 && !(await page.$('.intake-receipt')); ++tries) {
        await fillPeg(page, ['3', '4', '9'])
        await Promise.all([page.waitForNavigation(), send(page)])
      }
      assert.ok(await page.$('.intake-receipt'), 'received once the database is back')
    }))
}

for (const language of languages) {
  named(`${language}: a page that nobody could take goes back whole, and is sent from there`, () =>
    use({}, async (page) => {
      await page.goto(`${url}/resume?lang=${language}`)
      const typed = { code: '7KD2M-9QX3C', day: '2', month: '3', year: '1961' }
      for (const [name, value] of Object.entries(typed)) await page.fill(`[name="${name}"]`, value)
      tellDatabase('stop')
      try {
        const [answer] = await Promise.all([page.waitForNavigation(), page.click('main form button')])
        assert.equal(answer.status(), 503)
        await expectGoodPage(page, `${language} 503 of a code`, { language })
      } finally {
        tellDatabase('start')
      }
      for (let tries = 0; tries < 10 && !(await page.$('input[type="text"][name="code"]')); ++tries) {
        await Promise.all([page.waitForNavigation(), page.click('main form button')])
      }
      for (const [name, value] of Object.entries(typed)) {
        assert.equal(await page.inputValue(`[name="${name}"]`), value, name)
      }
    }))
}

named('the desk without its database says that it is busy', () => use({}, async (page) => {
  tellDatabase('stop')
  try {
    await page.goto(`${url}/desk/sign-in`)
    await page.fill('#name', 'front')
    await page.fill('#password', 'whatever it is')
    const [answer] = await Promise.all([page.waitForNavigation(), page.click('main form button')])
    assert.equal(answer.status(), 503)
    await expectGoodPage(page, 'desk 503')
  } finally {
    tellDatabase('start')
  }
}))
