// The worklist, the search and one submission in a browser: live, with keys, with undo, and without script.
import assert from 'node:assert/strict'

import { desktop, expectGoodPage, url, use } from './browser.mjs'
import { sendSample, signIn } from './morning_list.mjs'
import { named } from './named.mjs'

const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole('button', { name }).first().click()])

named('morning: worklist: what came is there, done leaves it, undo brings it back', () => use({ size: desktop }, async (page, context) => {
  await sendSample(context, '13-va-community-care')
  await signIn(page)
  await page.goto(`${url}/desk/work?state=review`)
  await expectGoodPage(page, 'worklist empty', { everySize: true })
  await page.goto(`${url}/desk/work`)
  await page.goto(`${url}/desk/work?state=attention`)
  await expectGoodPage(page, 'worklist', { everySize: true })
  const rows = page.locator('[data-row]')
  const before = await rows.count()
  assert.ok(before > 0)
  const id = await rows.first().getAttribute('id')
  await page.keyboard.press('j')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('d')])
  assert.equal(await page.locator(`[id="${id}"]`).count(), 0)
  await expectGoodPage(page, 'worklist with undo', { everySize: true })
  await Promise.all([page.waitForNavigation(), page.keyboard.press('u')])
  assert.equal(await page.locator(`[id="${id}"]`).count(), 1)
}))

named('morning: worklist: something new is said, not moved, and a dead line too', () => use({ size: desktop }, async (page, context) => {
  await signIn(page)
  await page.goto(`${url}/desk/work?state=attention`)
  await sendSample(context, '10-three-plans')
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.waitForSelector('[data-live-new]:not([hidden])')
  assert.match(await page.textContent('[data-live-new]'), /1\s+new: show/)
  await expectGoodPage(page, 'worklist with news', { everySize: true })
  await context.setOffline(true)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.waitForSelector('[data-live-down]:not([hidden])')
  await expectGoodPage(page, 'worklist without a line', { everySize: true })
  await context.setOffline(false)
}))

for (const script of ['on', 'off']) {
  named(`morning: search, script ${script}: somebody is found, and no address says who`, () =>
    use({ size: desktop, script }, async (page) => {
      await signIn(page)
      await page.goto(`${url}/desk/search`)
      if (script === 'on') await expectGoodPage(page, 'search', { everySize: true })
      await page.fill('#find', 'x')
      await press(page, 'Find')
      if (script === 'on') await expectGoodPage(page, 'search too short')
      await page.fill('#find', 'valdes')
      await press(page, 'Find')
      assert.match(await page.textContent('table'), /Valdés, Carmen/)
      assert.doesNotMatch(page.url(), /valdes/i)
      if (script === 'on') await expectGoodPage(page, 'search found', { everySize: true })
      await page.fill('#find', 'nobodyatall')
      await press(page, 'Find')
      assert.match(await page.textContent('main'), /Nobody's forms are like that/)
      if (script === 'on') await expectGoodPage(page, 'search nobody')
    }))
}

named('morning: record: summary first, a note, void with a reason, and back', () => use({ size: desktop }, async (page, context) => {
  await sendSample(context, '01-medicare-supplement-kreyol')
  await signIn(page)
  await page.goto(`${url}/desk/search`)
  await page.fill('#find', 'desir')
  await press(page, 'Find')
  await Promise.all([page.waitForNavigation(), page.locator('table th a').first().click()])
  await expectGoodPage(page, 'record', { everySize: true })
  await page.fill('#note-words', 'Her daughter drives her.')
  await press(page, 'Add the note')
  assert.match(await page.textContent('main'), /Her daughter drives her\./)
  await page.click('text=Make this submission void')
  await page.fill('#void-words', 'sent twice')
  await press(page, 'Make it void')
  assert.match(await page.textContent('main'), /It is on no list/)
  await expectGoodPage(page, 'record void', { everySize: true })
  await page.fill('#restore-words', 'no, it was not')
  await press(page, 'It is not void')
  assert.doesNotMatch(await page.textContent('main'), /It is on no list/)
}))
