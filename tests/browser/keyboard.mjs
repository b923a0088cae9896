// No mouse, no touch: the keyboard alone gets everywhere, in the order of the page, and is always seen.
import assert from 'node:assert/strict'

import { desktop, url, use } from './browser.mjs'
import { named } from './named.mjs'

const focused = (page) => page.evaluate(() => {
  const at = document.activeElement
  const style = getComputedStyle(at.matches('[type=radio], [type=checkbox]') ? at.nextElementSibling : at)
  const mark = at.matches('[type=radio], [type=checkbox]') ? getComputedStyle(at.nextElementSibling, '::before') : style
  return {
    name: at.name ?? '',
    text: at.textContent.trim(),
    seen: style.outlineStyle !== 'none' || mark.boxShadow !== 'none' || mark.outlineStyle !== 'none',
  }
})

// Presses Tab until `is` says yes; every stop must be visible.
async function tabTo(page, is) {
  for (let presses = 0; presses < 200; ++presses) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    assert.ok(at.seen, `the focus is not seen on "${at.name || at.text}"`)
    if (is(at)) return at
  }
  assert.fail('Tab never gets there')
}

named('keyboard: the first Tab offers to skip to the content', () => use({ size: desktop }, async (page) => {
  await page.goto(`${url}/forms/peg?lang=en`)
  await page.keyboard.press('Tab')
  assert.equal((await focused(page)).text, 'Skip to main content')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#main$/)
  const next = await tabTo(page, () => true)
  assert.equal(next.name, 'peg/peg.pain')
}))

named('keyboard: a form is filled in and sent', () => use({ size: desktop, script: 'off' }, async (page) => {
  await page.goto(`${url}/forms?lang=en`)
  await tabTo(page, (at) => at.text === 'Pain in the past week')
  await page.keyboard.press('Enter')
  await page.waitForURL(/forms\/peg/)
  for (const name of ['peg/peg.pain', 'peg/peg.enjoyment', 'peg/peg.activity']) {
    await tabTo(page, (at) => at.name === name)
    await page.keyboard.press('Space')
    for (let i = 0; i < 4; ++i) await page.keyboard.press('ArrowRight')
    assert.ok(await page.isChecked(`input[name="${name}"][value="4"]`))
  }
  await tabTo(page, (at) => at.text === 'Send')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.intake-receipt')
}))

named('keyboard: every field of the registration is a stop, in order', () => use({ size: desktop }, async (page) => {
  await page.goto(`${url}/forms/registration?lang=en`)
  const wanted = await page.$$eval('main form input:not([type=hidden]), main form select, main form textarea',
    (all) => [...new Set(all.filter((each) => each.checkVisibility()).map((each) => each.name))])
  const met = []
  await tabTo(page, (at) => {
    if (at.name && at.name !== '_switch' && met.at(-1) !== at.name) met.push(at.name)
    return at.text === 'Send'
  })
  assert.deepEqual(met, wanted)
}))

named('keyboard: Enter in a field goes on, and does not change the language', () =>
  use({ size: desktop, script: 'off' }, async (page) => {
    await page.goto(`${url}/?lang=en`)
    await tabTo(page, (at) => at.name === 'kind')
    await page.keyboard.press('Space')
    await tabTo(page, (at) => at.text === 'Start')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/visit\?/)
    await tabTo(page, (at) => at.text === 'About you')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/visit\/registration\/1/)
    await page.goto(`${url}/visit/registration/2?lang=en`)
    await tabTo(page, (at) => at.name === 'patient.name/patient.name.given')
    await page.keyboard.type('Pat')
    await tabTo(page, (at) => at.name === 'patient.name/patient.name.family')
    await page.keyboard.type('Example')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/visit\/registration\/3\?lang=en/)
  }))
