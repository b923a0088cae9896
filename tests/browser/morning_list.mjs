// The desk's morning in a browser: the schedule's list is taken over, a missing signature is given on paper, keys act on rows.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { desktop, expectGoodPage, url, use } from './browser.mjs'
import { withDates } from './days.mjs'
import { named } from './named.mjs'

const password = readFileSync(join(process.env.INTAKE_FOLDER, 'password'), 'utf8').trim()
const secret = readFileSync(join(process.env.INTAKE_FOLDER, 'secret'), 'utf8').trim()
const sample = join(process.env.INTAKE_SOURCE, 'deploy/sample-day')

export async function sendSample(context, name, change = (text) => text) {
  const answer = await context.request.post(`${url}/fhir/QuestionnaireResponse`, {
    headers: { 'content-type': 'application/fhir+json', authorization: 'Basic ' + Buffer.from(`load:${secret}`).toString('base64') },
    data: change(withDates(readFileSync(join(sample, name + '.json'), 'utf8'))) })
  assert.ok(answer.status() === 201 || answer.status() === 200, `${name}: ${answer.status()}`)
}

export async function signIn(page, name = 'front') {
  await page.goto(`${url}/desk`)
  await page.fill('#name', name)
  await page.fill('#password', password)
  await page.click('main form button')
  await page.waitForURL(/\/desk/)
}

const press = (page, name) => Promise.all([page.waitForNavigation(), page.getByRole('button', { name }).first().click()])

named('morning: the day list is looked at, refused with its rows, and taken over', () => use({ size: desktop }, async (page, context) => {
  await sendSample(context, '14-signs-at-the-desk')
  await signIn(page)
  await page.goto(`${url}/desk/day-list`)
  await expectGoodPage(page, 'day list', { everySize: true })
  const csv = withDates(readFileSync(join(sample, 'appointments.csv'), 'utf8'))
  const choose = (text) => page.setInputFiles('#list', { name: 'day.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose(csv.replaceAll('8:00 AM', 'early'))
  await press(page, 'Look at it first')
  assert.match(await page.textContent('.govuk-error-summary'), /row 2, column C \(time\)/)
  await expectGoodPage(page, 'day list refused', { everySize: true })
  await choose(csv)
  await press(page, 'Look at it first')
  assert.match(await page.textContent('main'), /10 new/)
  await expectGoodPage(page, 'day list preview', { everySize: true })
  await press(page, 'Take it over')
  assert.match(await page.textContent('main'), /10 added/)
  await page.goto(`${url}/desk/today`)
  await expectGoodPage(page, 'today of the sample day', { everySize: true })
}))

named('morning: a missing signature: its page, given on paper, on the row at once', () => use({ size: desktop }, async (page) => {
  await signIn(page)
  await page.goto(`${url}/desk/today`)
  const row = page.locator('tr', { hasText: 'Valdés, Carmen' })
  await Promise.all([page.waitForNavigation(), row.getByText('signature: Agreement to be treated').click()])
  await expectGoodPage(page, 'missing signature', { everySize: true })
  await press(page, 'Record that it was declined')
  assert.match(await page.textContent('.govuk-error-summary'), /Say why/)
  await expectGoodPage(page, 'missing signature without a reason')
  await press(page, 'Signed on paper')
  assert.match(await page.textContent('.govuk-inset-text'), /signed on paper, seen by front/)
  await expectGoodPage(page, 'missing signature settled', { everySize: true })
  await page.goto(`${url}/desk/today`)
  assert.match(await row.textContent(), /Agreement to be treated: signed on paper, seen by front/)
}))

named('morning: keys: j, a, u act on the row; turned off they do nothing', () => use({ size: desktop }, async (page) => {
  await signIn(page)
  await page.goto(`${url}/desk/today`)
  const waits = await page.$$eval('[data-row]', (rows) => rows.findIndex((each) => each.querySelector('[data-key=a]')))
  const row = page.locator('[data-row]').nth(waits)
  for (let presses = 0; presses <= waits; ++presses) await page.keyboard.press('j')
  assert.equal(await row.evaluate((each) => each === document.activeElement), true)
  await Promise.all([page.waitForNavigation(), page.keyboard.press('a')])
  assert.match(await row.textContent(), /Arrived/)
  assert.equal(await row.evaluate((each) => each === document.activeElement), true, 'the focus stays on the row')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('u')])
  assert.match(await row.textContent(), /Expected/)
  await page.keyboard.press('?')
  await expectGoodPage(page, 'keys')
  await press(page, 'Turn the keys off')
  await page.keyboard.press('j')
  await page.keyboard.press('a')
  await page.waitForTimeout(200)
  assert.match(await row.textContent(), /Expected/)
}))
