// Billing keeps the rules: upload, report, approval, activation, the lists of decisions and of calls.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { bringPatient, signIn } from './billing_day.mjs'
import { desktop, expectGoodPage, url, use } from './browser.mjs'
import { named } from './named.mjs'

const tables = ['accept', 'cob', 'contracts', 'id_formats', 'meta', 'payers', 'require', 'tests']

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

for (const script of ['on', 'off']) {
  named(`billing, script ${script}: a day's coverages are worked through and a check by hand is kept`, () =>
    use({ size: desktop, script }, async (page, context) => {
      const look = (what) => script === 'on' ? expectGoodPage(page, what, { everySize: true }) : undefined
      await bringPatient(page, context, script === 'on' ? 'A' : 'B')
      await signIn(page)
      await page.goto(`${url}/desk/eligibility?show=to-do`)
      await look('eligibility list')
      await page.getByRole('button', { name: 'Work through this list' }).click()
      await page.waitForURL(/coverages/)
      await look('coverage not yet')
      const first = page.url()
      assert.match(await page.textContent('main'), /1 of [0-9]+/)
      if (script === 'on') {
        await context.grantPermissions(['clipboard-read', 'clipboard-write'])
        await page.keyboard.press('m')
        await page.waitForFunction(() => document.querySelector('[data-status]').textContent === 'Member ID copied')
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '1EG4-TE5-MK73')
        await page.keyboard.press('n')
        await page.waitForURL((now) => now.href !== first)
        await page.keyboard.press('p')
        await page.waitForURL((now) => now.href === first)
        await page.getByRole('link', { name: 'Turn keys off' }).click()
        await page.waitForURL(/keys=off/)
        await page.keyboard.press('n')
        assert.match(page.url(), /keys=off/, 'a key that is off does nothing')
        await page.getByRole('link', { name: 'Turn keys on' }).click()
        await page.waitForURL((now) => now.href === first)
      }
      await page.getByRole('button', { name: 'Record a check made elsewhere' }).click()
      await page.waitForURL(/by-hand/)
      await look('check by hand')
      await page.getByRole('button', { name: 'Keep this check' }).click()
      await page.waitForSelector('.govuk-error-summary')
      await look('check by hand with mistakes')
      await page.check('#status')
      await page.getByLabel('Telephone').check()
      await page.fill('#person', 'Somebody Helpful')
      await page.fill('#plan', 'Example Plan A')
      await page.fill('#ends', '2099-12-31')
      await page.getByLabel('Deductible: In network, individual').fill('$1,500')
      await page.getByLabel('Deductible, met so far: In network, individual').fill('250')
      await page.getByLabel('Copay for a visit: Out of network, individual').fill('0')
      await page.fill('#messages', 'Call before the visit.')
      await page.getByRole('button', { name: 'Keep this check' }).click()
      await page.waitForURL((now) => !now.href.includes('by-hand'))
      const said = await page.textContent('main')
      assert.match(said, /Active/)
      assert.match(said, /Not a guarantee of payment/)
      assert.match(said, /\$1,250\.00/)
      assert.match(said, /not said/)
      await look('coverage active')
      await page.goto(`${url}/desk/eligibility`)
      await look('eligibility list after')
    }))
}

// What an invented payer says to a question: a plan that ends, money in and out of network, an authorization.
function answerTo(question) {
  const trace = /TRN\*1\*([^*~]+)/.exec(question)[1]
  const person = /NM1\*IL\*1\*[^~]*~/.exec(question)[0]
  const born = /DMG\*D8\*[^~]*~/.exec(question)[0]
  const rows = 'DTP*291*RD8*20260101-20261231~EB*1**30*MB*EXAMPLE PLAN A~EB*C*IND*30***23*1500*****Y~EB*C*IND*30***24*250*****Y~' +
    'EB*C*IND*30***23*3000*****N~EB*A*IND*98*****.2****Y~EB*F*IND*PT***23***VS*20~EB*CB**98********Y~' +
    'MSG*CALL BEFORE THE VISIT. THIS IS NOT A GUARANTEE OF PAYMENT.~EB*R**30*C1~LS*2120~NM1*PRP*2*EXAMPLE OTHER PAYER~LE*2120~'
  return 'ISA*00*          *00*          *ZZ*EXAMPLEHUB     *ZZ*EXAMPLECLINIC  *261128*0958*^*00501*000000071*0*T*:~' +
    'GS*HB*EXAMPLEHUB*EXAMPLECLINIC*20261128*0958*71*X*005010X279A1~ST*271*0001*005010X279A1~BHT*0022*11**20261128*0958~' +
    'HL*1**20*1~NM1*PR*2*EXAMPLE PAYER*****PI*CMS~HL*2*1*21*1~NM1*1P*2*EXAMPLE PAIN CENTER*****XX*1234567893~HL*3*2*22*0~' +
    `TRN*2*${trace}*9EXAMPLECL~${person}${born}${rows}SE*24*0001~GE*1*71~IEA*1*000000071~`
}

named('billing: a day\'s questions leave as a file, and their answers come back as one', () =>
  use({ size: desktop }, async (page, context) => {
    await bringPatient(page, context, 'C')
    await signIn(page)
    await page.goto(`${url}/desk/eligibility/files`)
    await expectGoodPage(page, 'eligibility files', { everySize: true })
    await page.goto(`${url}/desk/eligibility`)
    const day = /day=([0-9-]+)/.exec(await page.locator('a[href*="/desk/coverages/"]').first().getAttribute('href'))[1]
    await page.goto(`${url}/desk/eligibility/files`)
    await page.fill('#day', day)
    await page.getByRole('button', { name: 'Make the file' }).click()
    await page.waitForURL(/batch/)
    await expectGoodPage(page, 'eligibility batch', { everySize: true })
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('a[href*="/batches/"]').click()])
    const question = readFileSync(await file.path(), 'utf8')
    await page.goto(`${url}/desk/eligibility/files`)
    await page.setInputFiles('#files', { name: 'answer.271', mimeType: 'application/octet-stream',
      buffer: Buffer.from(answerTo(question)) })
    await page.getByRole('button', { name: 'Take these files' }).click()
    await page.waitForSelector('[role=status].govuk-inset-text')
    assert.match(await page.textContent('main'), /1 of 1 answers were kept/)
    await expectGoodPage(page, 'eligibility files after', { everySize: true })
    await page.goto(`${url}/desk/eligibility?show=active`)
    const answered = page.locator('tr', { hasText: 'Original Medicare' }).locator('a').last()
    await answered.click()
    await page.waitForURL(/coverages/)
    await page.locator('summary').click()
    assert.match(await page.textContent('main'), /names another primary payer/)
    await expectGoodPage(page, 'coverage answered', { everySize: true })
  }))
