// The front desk signs in, sees what came, takes a copy home.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { desktop, expectGoodPage, url, use } from './browser.mjs'
import { named } from './named.mjs'
import { fillPeg, receiptOf, send } from './sending.mjs'

const password = readFileSync(join(process.env.INTAKE_FOLDER, 'password'), 'utf8').trim()

async function signIn(page, typed) {
  await page.goto(`${url}/desk`)
  await page.fill('#name', 'front')
  await page.fill('#password', typed)
  await page.click('main form button')
}

named('desk: a wrong password is said, has the focus, and keeps the name', () => use({ size: desktop }, async (page) => {
  await page.goto(`${url}/desk`)
  await expectGoodPage(page, 'sign-in', { everySize: true })
  await signIn(page, 'wrong')
  await page.waitForSelector('.govuk-error-summary')
  assert.equal(await page.evaluate(() => document.activeElement.className), 'govuk-error-summary')
  assert.equal(await page.inputValue('#name'), 'front')
  assert.equal(await page.inputValue('#password'), '')
  await expectGoodPage(page, 'sign-in wrong', { everySize: true })
}))

for (const script of ['on', 'off']) {
  named(`desk, script ${script}: what a patient sent is listed, and its copy is a PDF`, () =>
    use({ size: desktop, script }, async (page) => {
      await page.goto(`${url}/forms/peg?lang=en`)
      await fillPeg(page)
      await send(page)
      await page.waitForSelector('.intake-receipt')
      const receipt = await receiptOf(page)
      await signIn(page, password)
      await page.waitForURL(`${url}/desk/today`)
      await page.goto(`${url}/desk`)
      const row = page.locator('tr', { hasText: receipt })
      assert.equal(await row.count(), 1)
      if (script === 'on') await expectGoodPage(page, 'list', { everySize: true })
      const [copy] = await Promise.all([page.waitForEvent('download'), row.locator('a[href$=".pdf"]').click()])
      assert.match(copy.suggestedFilename(), /\.pdf$/)
      assert.equal(readFileSync(await copy.path()).toString('latin1', 0, 5), '%PDF-')
      await page.click('header form button')
      await page.waitForURL(/sign-in/)
      await page.goto(`${url}/desk`)
      assert.match(page.url(), /sign-in/, 'signed out')
    }))
}

named('desk: a submission that is not there says so', () => use({ size: desktop }, async (page) => {
  await signIn(page, password)
  await page.waitForURL(`${url}/desk/today`)
  const answer = await page.goto(`${url}/desk/submissions/00000000-0000-7000-8000-000000000000.pdf`)
  assert.equal(answer.status(), 404)
  await expectGoodPage(page, 'desk 404')
}))
