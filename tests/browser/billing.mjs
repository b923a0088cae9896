// Billing keeps the rules: upload, report, approval, activation, the lists of decisions and of calls.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { desktop, expectGoodPage, url, use } from './browser.mjs'
import { named } from './named.mjs'

const password = readFileSync(join(process.env.INTAKE_FOLDER, 'password'), 'utf8').trim()
const tables = ['accept', 'cob', 'contracts', 'id_formats', 'meta', 'payers', 'require', 'tests']

async function signIn(page) {
  await page.goto(`${url}/desk`)
  await page.fill('#name', 'money')
  await page.fill('#password', password)
  await page.click('main form button')
  await page.waitForURL(/\/desk/)
}

/// The example's tables with another sentence, as a browser takes them from a folder.
function changedTables(words) {
  return tables.map((name) => {
    const text = readFileSync(join(process.env.INTAKE_RULES, `${name}.csv`), 'utf8')
    return { name: `${name}.csv`, mimeType: 'text/csv',
      buffer: Buffer.from(name === 'accept' ? text.replaceAll('We take this plan.', words) : text) }
  })
}

for (const script of ['on', 'off']) {
  named(`billing, script ${script}: tables are uploaded, reported on and approved`, () =>
    use({ size: desktop, script }, async (page) => {
      const look = (what) => script === 'on' ? expectGoodPage(page, what, { everySize: true }) : undefined
      await signIn(page)
      await page.goto(`${url}/desk/rules`)
      await look('rules')
      await page.setInputFiles('#tables', changedTables(`We take this plan${script === 'on' ? '' : ' gladly'}, thank you.`))
      await page.getByRole('button', { name: 'Check and keep as a draft' }).click()
      await page.waitForURL(/\/desk\/rules/)
      await look('rules uploaded')
      await page.goto(`${url}/desk/rules`)
      await page.locator('tbody a').first().click()
      await page.waitForURL(/\/desk\/rules\/[0-9a-f]{64}/)
      await look('rule set')
      assert.match(await page.textContent('main'), /cases of tests\.csv/)
      await page.getByRole('button', { name: 'Approve these tables' }).click()
      await page.waitForLoadState()
      assert.match(await page.textContent('main'), /Approved by money/)
      await look('rule set approved')
      await page.locator('a[href$="/calls"]').click()
      await page.waitForURL(/calls/)
      await look('whom to call')
    }))
}

named('billing: tables with mistakes come back with what, where and what to do', () =>
  use({ size: desktop }, async (page) => {
    await signIn(page)
    await page.goto(`${url}/desk/rules`)
    await page.setInputFiles('#tables', changedTables('Please do not come.'))
    await page.getByRole('button', { name: 'Check and keep as a draft' }).click()
    await page.waitForLoadState()
    const said = await page.textContent('main')
    assert.match(said, /Nothing was kept/)
    assert.match(said, /accept\.csv/, 'where')
    assert.match(said, /do not come/, 'what')
    await expectGoodPage(page, 'rules with mistakes', { everySize: true })
  }))

named('billing: decisions, calls and the list for a spreadsheet', () => use({ size: desktop }, async (page) => {
  await signIn(page)
  await page.goto(`${url}/desk/decisions`)
  await expectGoodPage(page, 'decisions', { everySize: true })
  await page.goto(`${url}/desk/decisions/calls`)
  await expectGoodPage(page, 'decision calls', { everySize: true })
  await page.goto(`${url}/desk/decisions`)
  const [list] = await Promise.all([page.waitForEvent('download'),
    page.locator('a[href*="decisions.csv"]').click()])
  const lines = readFileSync(await list.path(), 'utf8').replace(/^\uFEFF/, '').split('\r\n')
  assert.equal(lines[0], 'received,receipt,family,given,birth_date,outcome,rule,reason')
}))
