// What managers and clinicians look at over many records: numbers, the clinic, who must sign again, scores over visits.
import assert from 'node:assert/strict'

import { desktop, expectGoodPage, url, use } from './browser.mjs'
import { sendSample, signIn } from './morning_list.mjs'
import { named } from './named.mjs'


named('morning: manager: numbers with plots and tables, the clinic, who must sign again', () => use({ size: desktop }, async (page, context) => {
  await sendSample(context, '10-three-plans')
  await signIn(page, 'boss')
  await page.goto(`${url}/desk/numbers`)
  await page.click('text=Forms received a day as a table')
  await page.click('text=Decisions by payer as a table')
  assert.ok(await page.locator('svg.intake-chart rect').count() > 0)
  await expectGoodPage(page, 'numbers', { everySize: true })
  await page.goto(`${url}/desk/clinic`)
  await expectGoodPage(page, 'clinic', { everySize: true })
  await page.click('text=Who must sign again')
  await expectGoodPage(page, 'who must sign again', { everySize: true })
}))

async function save(page, fields, button = 'Save') {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: button }).click()])
}

named('morning: manager: changes the clinic on its page, sees what is wrong, takes it back', () => use({ size: desktop }, async (page) => {
  await signIn(page, 'boss')
  await page.goto(`${url}/desk/clinic`)
  await page.getByRole('link', { name: 'Change Colour' }).click()
  await save(page, { 'Colour from now on': '#ffdd00' })
  await expectGoodPage(page, 'clinic colour too light', { everySize: true })
  assert.match(await page.textContent('#value-error'), /contrast of 1\.3/)
  await save(page, { 'Colour from now on': '#7a0000' })
  await page.getByRole('link', { name: 'Change Greeting in English' }).click()
  await expectGoodPage(page, 'clinic greeting', { everySize: true })
  await save(page, { 'Greeting in English from now on': 'Parking is behind the house.' })
  await page.getByRole('link', { name: 'Change Logo' }).click()
  await page.getByLabel('Logo from now on').setInputFiles({
    name: 'logo.svg', mimeType: 'image/svg+xml',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#7a0000"/></svg>'),
  })
  await save(page, {})
  await page.getByRole('link', { name: 'Add a place' }).click()
  await expectGoodPage(page, 'clinic place to add', { everySize: true })
  await save(page, { "Id in the day list's file": 'pensacola', Name: 'Pensacola office', 'Time zone': 'America/Chicago' })
  await expectGoodPage(page, 'clinic changed', { everySize: true })
  await page.getByRole('link', { name: 'Change Pensacola office' }).click()
  await page.getByLabel('Closed').check()
  await expectGoodPage(page, 'clinic place', { everySize: true })
  await save(page, {})
  await page.getByRole('link', { name: 'Change Years that records are kept' }).click()
  await save(page, { 'Years that records are kept from now on': '5' })
  await expectGoodPage(page, 'clinic years without a reason', { everySize: true })
  await page.goto(`${url}/desk/clinic`)
  await page.getByRole('link', { name: 'Change treatment-2026-01' }).click()
  await expectGoodPage(page, 'clinic edition', { everySize: true })
  await save(page, {}, 'Stop after today')
  await expectGoodPage(page, 'clinic edition that must stay', { everySize: true })
  assert.match(await page.textContent('#until-error'), /nobody could sign/)
  await save(page, { 'In force from': '1/2/2026', 'Stop signing after': '12/31/2036' }, 'See what it means')
  await expectGoodPage(page, 'clinic edition before it is set', { everySize: true })
  await save(page, {}, 'Set it')
  await page.goto(`${url}/?lang=ht`)
  assert.equal(await page.locator('.govuk-inset-text[lang=en]').textContent(), 'Parking is behind the house.')
  assert.ok(await page.locator('.intake-header__logo').evaluate(image => image.complete && image.naturalWidth > 0))
  await expectGoodPage(page, 'start with a greeting', { language: 'ht' })
  for (const what of ['Colour', 'Logo', 'Greeting in English']) {
    await page.goto(`${url}/desk/clinic`)
    await page.getByRole('link', { name: `Change ${what}`, exact: true }).click()
    await save(page, {}, 'Back to what the file says')
  }
  await page.goto(`${url}/?lang=en`)
  assert.equal(await page.locator('.govuk-inset-text, .intake-header__logo').count(), 0)
}))

named('morning: manager: one patient taken along', () => use({ size: desktop }, async (page, context) => {
  await sendSample(context, '01-medicare-supplement-kreyol')
  await signIn(page, 'boss')
  await page.goto(`${url}/desk`)
  const rows = page.locator('tbody th a', { hasText: 'Désir' })
  await Promise.all([page.waitForNavigation(), rows.first().click()])
  await page.click("text=Export this patient's record")
  await expectGoodPage(page, 'record export', { everySize: true })
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Export the record')])
  assert.match(download.suggestedFilename(), /^intake-[A-Z0-9-]+-record\.zip$/)
}))

// The same packet under another number: the patient's second visit.
const again = (text) => {
  const packet = JSON.parse(text)
  packet.identifier.value = packet.identifier.value.slice(0, -2) + '00'
  return JSON.stringify(packet)
}

named('morning: clinician: scores over visits, once somebody says that two records are one patient\'s', () => use({ size: desktop }, async (page, context) => {
  await sendSample(context, '12-tricare-prime')
  await sendSample(context, '12-tricare-prime', again)
  await signIn(page, 'doctor')
  await page.goto(`${url}/desk`)
  await Promise.all([page.waitForNavigation(), page.locator('tbody th a', { hasText: 'Brooks' }).first().click()])
  assert.equal(await page.locator('text=Over the visits').count(), 0)
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'The same patient' }).first().click()])
  assert.ok(await page.locator('svg.intake-chart circle').count() >= 2, 'a point for each visit')
  await expectGoodPage(page, 'scores over visits', { everySize: true })
}))
