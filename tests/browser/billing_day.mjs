// Somebody of billing, and a patient whose plans there are to look at.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { url } from './browser.mjs'

const password = readFileSync(join(process.env.INTAKE_FOLDER, 'password'), 'utf8').trim()

export async function signIn(page, name = 'money') {
  await page.goto(`${url}/desk`)
  await page.fill('#name', name)
  await page.fill('#password', password)
  await page.click('main form button')
  await page.waitForURL(/\/desk/)
}

const packetFile = new URL('../data/packet/sample-packet.json', import.meta.url)

// The sample packet, sent as a program does, and its patient on today's list, as the front desk adds a walk-in.
export async function bringPatient(page, context, number) {
  const form = await context.request.get(`${url}/fhir/Questionnaire/registration`)
  const id = `00000000-0000-7000-8000-0000000${String(Date.now() % 1e5).padStart(5, '0')}`
  const packet = readFileSync(packetFile, 'utf8')
    .replace(/urn:uuid:[0-9a-f-]{36}/, `urn:uuid:${id}`).replaceAll('O’Brien-Muñoz', `Muñoz${number}`)
  const answer = await context.request.post(`${url}/fhir/QuestionnaireResponse`, { data: packet, headers: {
    authorization: `Bearer ${form.headers()['intake-form-token']}`, 'content-type': 'application/fhir+json' } })
  assert.equal(answer.status(), 201, await answer.text())
  await signIn(page, 'front')
  await page.waitForURL(`${url}/desk/today`)
  await page.locator('summary', { hasText: 'Add a walk-in' }).click()
  await page.fill('#name', `Muñoz${number}, Nora`)
  await page.fill('#born', '3/8/1951')
  await page.getByRole('button', { name: 'Add, and they have arrived' }).click()
  await page.waitForLoadState()
  await page.click('header form button')
  await page.waitForURL(/sign-in/)
}
