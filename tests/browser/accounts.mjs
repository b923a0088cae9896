// Staff sign in with a second factor, set it up, and lose no work when a session ends.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { desktop, expectGoodPage, url, use } from './browser.mjs'
import { named } from './named.mjs'
import { fillPeg, receiptOf, send } from './sending.mjs'

const fileText = (name) => readFileSync(join(process.env.INTAKE_FOLDER, name), 'utf8').trim()
const password = fileText('password')

async function signIn(page, name, typed = password) {
  await page.goto(`${url}/desk/sign-in`)
  await page.fill('#name', name)
  await page.fill('#password', typed)
  await page.click('main form button')
}

// RFC 6238 once more, from a key in base32.
function codeOf(secret, steps = 0) {
  const bits = [...secret.replaceAll(' ', '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff
  return String(number % 1000000).padStart(6, '0')
}

named('account: an app is set up, asked for, and a recovery code stands in for it', () =>
  use({ size: desktop, script: 'on' }, async (page) => {
    const look = (what) => expectGoodPage(page, what, { everySize: true })
    await signIn(page, 'nora')
    await page.waitForURL(`${url}/desk/today`)
    await page.goto(`${url}/desk/account`)
    await look('account')
    await page.fill('#app-password', 'wrong')
    await page.getByRole('button', { name: 'Set up an app' }).click()
    assert.match(await page.textContent('.govuk-error-summary'), /not your password/)
    await look('account wrong')
    await page.fill('#app-password', password)
    await page.getByRole('button', { name: 'Set up an app' }).click()
    await page.waitForSelector('.intake-qr')
    await look('account app')
    const secret = await page.textContent('.intake-address')
    await page.fill('#code', codeOf(secret))
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.waitForSelector('.intake-receipt')
    await look('recovery codes')
    const codes = await page.locator('.intake-receipt').allTextContents()
    assert.equal(codes.length, 10)
    await page.click('main a[role=button]')
    await look('account with app')
    await page.click('header form button')
    await signIn(page, 'nora')
    await page.waitForSelector('#code')
    await look('second step')
    await page.fill('#code', '000000')
    await page.click('main form button')
    await page.waitForSelector('.govuk-error-summary')
    await look('second step wrong')
    // The next step's code: this one's was used to set the app up.
    await page.fill('#code', codeOf(secret, 1))
    await page.click('main form button')
    await page.waitForURL(`${url}/desk/today`)
    await page.click('header form button')
    await signIn(page, 'nora')
    await page.fill('#code', codes[0].toLowerCase())
    await page.click('main form button')
    await page.waitForURL(`${url}/desk/today`)
  }))

named('account: a one-time code lets a newcomer choose a password', () => use({ size: desktop }, async (page) => {
  await page.goto(`${url}/desk/sign-in`)
  await page.click('a[href="/desk/set-up"]')
  await expectGoodPage(page, 'set up', { everySize: true })
  await page.fill('#name', 'newcomer')
  await page.fill('#code', fileText('set-up-code'))
  await page.fill('#password', 'passwordpassword')
  await page.click('main form button')
  assert.match(await page.textContent('.govuk-error-summary'), /attackers try first/)
  await expectGoodPage(page, 'set up wrong', { everySize: true })
  await page.fill('#code', fileText('set-up-code'))
  await page.fill('#password', 'brittle walruss')
  await page.click('main form button')
  await page.waitForSelector('.govuk-inset-text')
  await page.fill('#password', 'brittle walruss')
  await page.click('main form button')
  await page.waitForURL(`${url}/desk/today`)
}))

for (const script of ['on', 'off']) {
  named(`account, script ${script}: a form sent after the session ended is sent again after signing in`, () =>
    use({ size: desktop, script }, async (page, context) => {
      await signIn(page, 'lee')
      await page.waitForURL(`${url}/desk/today`)
      const other = await context.newPage()
      await page.goto(`${url}/desk/invitations`)
      await page.fill('#name', 'Kept, Work')
      await page.fill('#born', '2/28/1961')
      // Signed in anew in another window: this window's form is of an earlier session.
      await signIn(other, 'lee')
      await other.waitForURL(`${url}/desk/today`)
      await page.getByRole('button', { name: 'Make the link' }).click()
      await page.waitForSelector('text=Send it now')
      if (script === 'on') await expectGoodPage(page, 'kept work', { everySize: true })
      await page.getByRole('button', { name: 'Send it now' }).click()
      await page.waitForSelector('.intake-qr')
    }))
}

named('account: a passkey is added, used in place of a code, and removed', () =>
  use({ size: desktop, script: 'on' }, async (page, context) => {
    const look = (what) => expectGoodPage(page, what, { everySize: true })
    const devtools = await context.newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal',
      hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
    await signIn(page, 'pat')
    await page.waitForURL(`${url}/desk/today`)
    await page.goto(`${url}/desk/account`)
    await page.fill('#label', 'virtual key')
    await page.fill('#passkey-password', password)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.waitForSelector('.intake-receipt')
    assert.equal(await page.locator('.intake-receipt').count(), 10)
    await page.click('header form button')
    await signIn(page, 'pat')
    await page.getByRole('button', { name: 'Use the passkey' }).waitFor()
    await look('second step with passkey')
    await page.getByRole('button', { name: 'Use the passkey' }).click()
    await page.waitForURL(`${url}/desk/today`)
    await page.goto(`${url}/desk/account`)
    await look('account with passkey')
    assert.match(await page.textContent('.govuk-radios'), /virtual key/)
    await page.locator('.govuk-radios__item label').click()
    await page.fill('#passkeys-password', password)
    await page.getByRole('button', { name: 'Remove the chosen passkey' }).click()
    await page.waitForURL(/done=passkey-removed/)
    await page.click('header form button')
    await signIn(page, 'pat')
    await page.waitForURL(`${url}/desk/today`)
  }))

named('accounts: an administrator adds one, a manager is told of an emergency and asks who saw a patient', () =>
  use({ size: desktop }, async (page) => {
    const look = (what) => expectGoodPage(page, what, { everySize: true })
    await signIn(page, 'root')
    await page.waitForURL(`${url}/desk/accounts`)
    await look('accounts')
    await page.getByRole('button', { name: 'Add it and show a one-time code' }).click()
    await page.waitForSelector('.govuk-error-summary')
    await look('accounts wrong')
    await page.fill('#name', 'someone')
    await page.getByRole('button', { name: 'Add it and show a one-time code' }).click()
    await page.waitForSelector('.intake-receipt')
    await look('one-time code')
    await page.goto(`${url}/desk/accounts`)
    await page.getByRole('link', { name: 'someone' }).click()
    await page.waitForURL(/accounts\/[0-9a-f-]+/)
    await look('one account')
    await page.click('header form button')

    await page.goto(`${url}/forms/peg?lang=en`)
    await fillPeg(page)
    await send(page)
    await page.waitForSelector('.intake-receipt')
    const receipt = await receiptOf(page)
    await signIn(page, 'front')
    await page.waitForURL(`${url}/desk/today`)
    await page.goto(`${url}/desk`)
    const copy = await page.locator('tr', { hasText: receipt }).locator('a[href$=".pdf"]').getAttribute('href')
    await page.goto(`${url}${copy.replace('.pdf', '/emergency')}`)
    await look('emergency access')
    await page.fill('#reason', 'no')
    await page.getByRole('button', { name: 'Open it for an hour' }).click()
    await page.waitForSelector('.govuk-error-summary')
    await page.fill('#reason', 'Collapsed in the waiting room')
    await page.getByRole('button', { name: 'Open it for an hour' }).click()
    await page.waitForSelector('.govuk-inset-text')
    await look('forms in an emergency')
    await page.click('header form button')

    await signIn(page, 'boss')
    await page.waitForURL(`${url}/desk`)
    await page.getByRole('link', { name: /Emergencies/ }).click()
    await page.waitForURL(`${url}/desk/emergencies`)
    await look('emergencies')
    await page.getByRole('button', { name: 'I have looked at it' }).click()
    await page.waitForSelector('text=by boss')
    await page.goto(`${url}/desk/reports`)
    await look('reports')
    await page.fill('#receipt', receipt)
    await page.getByRole('button', { name: 'Show who saw them' }).click()
    await page.waitForSelector('td:has-text("Emergency access")')
    await look('report of a patient')
    await page.getByRole('button', { name: 'Show what left' }).click()
    await page.waitForURL(/report=left/)
    await look('report of what left')
  }))
