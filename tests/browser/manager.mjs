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
