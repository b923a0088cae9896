// Copies of a day in a browser, one PDF or a ZIP, without script too; and what an old copy's code says.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

import { desktop, expectGoodPage, url, use } from './browser.mjs'
import { sendSample, signIn } from './morning_list.mjs'
import { named } from './named.mjs'

const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole('button', { name }).first().click()])

for (const [script, button, link, beginning] of [
  ['on', 'A ZIP of one PDF each', 'Download the ZIP', 'PK'],
  ['off', 'One PDF, in the order of the visits', 'Download the PDF', '%PDF-'],
]) {
  named(`morning: copies of the day, script ${script}: chosen, waited for, downloaded`, () =>
    use({ size: desktop, script }, async (page, context) => {
      await sendSample(context, '14-signs-at-the-desk')
      await signIn(page)
      await page.goto(`${url}/desk/today`)
      await page.click('text=Copies of this day in one file')
      if (script === 'on') await expectGoodPage(page, 'today copies', { everySize: true })
      await page.selectOption('#extent', 'summary')
      await press(page, button)
      await page.waitForSelector(`text=${link}`, { timeout: 60000 })
      if (script === 'on') await expectGoodPage(page, 'copies ready', { everySize: true })
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`text=${link}`)])
      assert.match(download.suggestedFilename(), /^intake-\d+-copies\.(pdf|zip)$/)
      assert.ok(readFileSync(await download.path(), 'latin1').startsWith(beginning))
    }))
}

named('morning: copies: the square code of one, scanned into Find', () => use({ size: desktop }, async (page, context) => {
  await sendSample(context, '13-va-community-care')
  await signIn(page)
  await page.goto(`${url}/desk`)
  await expectGoodPage(page, 'submissions', { everySize: true })
  const id = await page.locator('input[name=id]').first().getAttribute('value')
  await page.goto(`${url}/desk/search`)
  await page.fill('#find', `${id}|1`)
  await press(page, 'Find')
  assert.match(await page.textContent('main'), /Version 1 is the newest/)
  await expectGoodPage(page, 'search by a copy', { everySize: true })
}))
