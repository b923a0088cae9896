// The day list, and the ways from it to a patient's forms: a link, a tablet, a person of staff.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { desktop, expectGoodPage, phone, url, use } from './browser.mjs'
import { named } from './named.mjs'

const password = readFileSync(join(process.env.INTAKE_FOLDER, 'password'), 'utf8').trim()
const go = (page, button) => Promise.all([page.waitForNavigation(), page.click(button)])

async function signIn(page) {
  await page.goto(`${url}/desk`)
  await page.fill('#name', 'front')
  await page.fill('#password', password)
  await page.click('main form button')
  await page.waitForURL(`${url}/desk/today`)
}

async function addWalkIn(page, name) {
  await page.goto(`${url}/desk/today`)
  await page.click('text=Add a walk-in')
  await page.fill('#name', name)
  await page.fill('#born', '3/2/1961')
  await go(page, 'form[action="/desk/today/walk-in"] .govuk-button')
  assert.match(page.url(), /desk\/appointments/)
}

async function giveBirthDate(page, year) {
  await page.fill('#month', 'March')
  await page.fill('#day', '2')
  await page.fill('#year', year)
  await page.click('main form button')
}

named('the day list: a walk-in is added, has arrived, leaves, and it is taken back', () =>
  use({ size: desktop }, async (page) => {
    await signIn(page)
    await expectGoodPage(page, 'today empty or not', { everySize: true })
    await addWalkIn(page, 'Roe, Jo')
    await expectGoodPage(page, 'appointment', { everySize: true })
    await page.goto(`${url}/desk/today`)
    await expectGoodPage(page, 'today with a walk-in', { everySize: true })
    const row = page.locator('tr', { hasText: 'Roe, Jo' })
    assert.match(await row.textContent(), /Arrived/)
    assert.match(await row.textContent(), /forms: nothing received/)
    await Promise.all([page.waitForNavigation(), row.locator('button[value=left]').click()])
    await page.locator('details', { hasText: 'Left, and no-shows' }).evaluate((each) => { each.open = true })
    await expectGoodPage(page, 'today with one who left', { everySize: true })
    const left = page.locator('li', { hasText: 'Roe, Jo' })
    await Promise.all([page.waitForNavigation(), left.locator('button[value=undo]').click()])
    assert.equal(await page.locator('tr', { hasText: 'Roe, Jo' }).count(), 1)
  }))

for (const script of ['on', 'off']) {
  named(`script ${script}: a link leads to the forms with the birth date, and not without`, () =>
    use({ size: desktop, script }, async (page, context) => {
      await signIn(page)
      await page.goto(`${url}/desk/invitations`)
      if (script === 'on') await expectGoodPage(page, 'invitations', { everySize: true })
      await page.fill('#name', `Link, ${script}`)
      await page.fill('#born', '3/2/1961')
      await go(page, 'main form .govuk-button')
      if (script === 'on') await expectGoodPage(page, 'sheet with a QR code', { everySize: true })
      const link = (await page.textContent('.intake-address')).trim()
      await context.clearCookies()
      await page.goto(link)
      if (script === 'on') await expectGoodPage(page, 'invited', { everySize: true })
      await giveBirthDate(page, '1962')
      await page.waitForSelector('.govuk-error-summary')
      if (script === 'on') await expectGoodPage(page, 'invited wrong')
      await giveBirthDate(page, '1961')
      await page.waitForURL(/\/visit\?/)
      await page.goto(`${url}/visit/registration/2?lang=en`)
      assert.equal(await page.inputValue('[name="patient.name/patient.name.family"]'), 'Link')
    }))
}

named('a tablet begins by a code, and back shows nothing after Finish', () => use({ size: desktop }, async (page, context) => {
  await signIn(page)
  await addWalkIn(page, 'Tablet, Ana')
  await go(page, 'form[action$="/device"] button')
  await expectGoodPage(page, 'code for a tablet', { everySize: true })
  const code = (await page.textContent('.intake-code')).trim()
  await context.clearCookies()
  await page.setViewportSize(phone)
  await page.goto(`${url}/device?lang=en`)
  await expectGoodPage(page, 'tablet start', { everySize: true })
  await page.fill('#code', '00000-00000')
  await page.click('main form button')
  await page.waitForSelector('.govuk-error-summary')
  await expectGoodPage(page, 'tablet wrong code')
  await page.fill('#code', code.toLowerCase())
  await page.click('main form button')
  await page.waitForURL(/\/visit\?/)
  await expectGoodPage(page, 'tablet task list', { everySize: true })
  await page.goto(`${url}/visit/registration/2?lang=en`)
  assert.equal(await page.inputValue('[name="patient.name/patient.name.given"]'), 'Ana')
  await expectGoodPage(page, 'tablet page')
  await go(page, '.intake-note button')
  assert.match(page.url(), /\/device/)
  assert.equal((await context.cookies()).length, 0)
  await page.goBack()
  assert.doesNotMatch(await page.content(), /Ana/)
  await page.goForward()
  assert.doesNotMatch(await page.content(), /Ana/)
  await page.goto(`${url}/device/still-there?lang=en`)
  await expectGoodPage(page, 'tablet still there')
}))

named('staff fill in, and every page says so', () => use({ size: desktop }, async (page) => {
  await signIn(page)
  await addWalkIn(page, 'Typed, Al')
  await page.fill('#interpreter', 'Ana Interpreter')
  await go(page, 'form[action$="/fill-in"] button')
  assert.match(await page.textContent('.intake-note'), /front is filling this in/)
  await expectGoodPage(page, 'staff entry', { everySize: true })
}))

named('help is asked for, and the desk sees it', () => use({}, async (page, context) => {
  await page.goto(`${url}/?lang=es`)
  await page.check('input[name=kind] >> nth=0')
  await page.click('main form button')
  await page.waitForURL(/\/visit\?/)
  await page.goto(`${url}/visit/help?lang=es`)
  await expectGoodPage(page, 'help', { language: 'es', everySize: true })
  await page.click('main form button')
  await page.waitForSelector('.govuk-error-summary')
  await expectGoodPage(page, 'help without a number', { language: 'es' })
  await page.fill('#phone', '305-555-0199')
  await page.click('main form button')
  await page.waitForURL(/\/visit\?/)
  await expectGoodPage(page, 'task list with help coming', { language: 'es' })
  await context.clearCookies()
  await page.setViewportSize(desktop)
  await signIn(page)
  await page.goto(`${url}/desk/help`)
  assert.match(await page.textContent('main'), /305-555-0199/)
  await expectGoodPage(page, 'who asks for help', { everySize: true })
}))

named('did my form arrive: the same answer for every wrong pair', () => use({}, async (page) => {
  await page.goto(`${url}/arrived?lang=en`)
  await expectGoodPage(page, 'arrived', { everySize: true })
  await page.fill('#code', '00000-00000')
  await giveBirthDate(page, '1961')
  await page.waitForSelector('.govuk-error-summary')
  await expectGoodPage(page, 'arrived not found')
}))

named('a submission is opened, and one question asked again', () => use({ size: desktop }, async (page) => {
  await signIn(page)
  await page.goto(`${url}/desk`)
  await Promise.all([page.waitForNavigation(), page.click('main table th a >> nth=0')])
  await expectGoodPage(page, 'submission', { everySize: true })
}))
