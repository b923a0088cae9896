// A plan that is asked about over the line, with the simulated clearinghouse at its other end: every state of it.
import assert from 'node:assert/strict'

import { bringPatient, signIn } from './billing_day.mjs'
import { desktop, expectGoodPage, startBrowser, stopBrowser, url, use } from './browser.mjs'
import { named } from './named.mjs'

// Without hooks: a run that wants another test only has none here, and ends.
async function inBrowser(work) {
  await startBrowser()
  try {
    await use({ size: desktop }, work)
  } finally {
    await stopBrowser()
  }
}

named('line: a plan is asked about when its form comes, and again by a button', () =>
  inBrowser(async (page, context) => {
    await bringPatient(page, context, 'L')
    await signIn(page)
    await page.goto(`${url}/desk/eligibility`)
    await page.locator('tr', { hasText: 'MuñozL' }).locator('a').first().click()
    await page.waitForURL(/coverages/)
    const until = async (words, what) => {
      for (let tries = 0; tries < 40 && !words.test(await page.textContent('main')); tries++) {
        await page.waitForTimeout(500)
        await page.reload()
      }
      assert.match(await page.textContent('main'), words, what)
      await expectGoodPage(page, what, { everySize: true })
    }
    await until(/Simulated: a program made this answer up/, 'coverage simulated')
    assert.match(await page.textContent('main'), /through the simulator/)
    assert.match(await page.textContent('main'), /a simulator and public samples only/)
    await page.getByRole('button', { name: 'Ask the payer now' }).click()
    await until(/Being asked now|Queued/, 'coverage being asked')
    await page.goto(`${url}/desk/eligibility`)
    assert.match(await page.textContent('main'), /Simulated/)
    await expectGoodPage(page, 'eligibility list with simulated answers', { everySize: true })
  }))
