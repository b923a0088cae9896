// The gallery: a form with every component, as pages of a packet. pages.mjs opens it as a single page.
import assert from 'node:assert/strict'

import { expectGoodPage, url, use } from './browser.mjs'
import { named } from './named.mjs'
import { begin, goOn } from './visit.mjs'

const go = (page, button) => Promise.all([page.waitForNavigation(), page.click(button)])
const open = (page, number) => page.goto(`${url}/visit/gallery/${number}?lang=en`)

for (const script of ['on', 'off']) {
  named(`script ${script}: an occurrence is added, another, and the first one is removed`, () => use({ script }, async (page) => {
    await begin(page, 'follow-up')
    await open(page, 7)
    const name = (at) => `[name="group[${at}]/group.name"]`
    await page.fill(name(0), 'One')
    await go(page, 'button[name=_another]')
    await page.fill(name(1), 'Two')
    await go(page, 'button[name=_another]')
    assert.equal(await page.locator(name(3)).count(), 0, 'three are the most')
    if (script === 'on') await expectGoodPage(page, 'gallery: a group that repeats')
    await go(page, 'button[name=_drop] >> nth=0')
    assert.match(await page.textContent('main [role=alert]'), /One entry was removed/)
    assert.deepEqual([await page.inputValue(name(0)), await page.inputValue(name(1))], ['Two', ''])
    await goOn(page)
    await open(page, 7)
    assert.equal(await page.inputValue(name(0)), 'Two')
  }))

  named(`script ${script}: a long list is searched, and what was found is chosen`, () => use({ script }, async (page) => {
    await begin(page, 'follow-up')
    await open(page, 6)
    await page.fill('[name="search/search.one:search"]', 'GRÄP')
    await go(page, 'button[name=_search][value="search/search.one"]')
    assert.deepEqual(await page.locator('[id^="search/search.one-found"] + label').allInnerTexts(), ['Grape', 'Grapefruit'])
    if (script === 'on') await expectGoodPage(page, 'gallery: found')
    await goOn(page)
    assert.match(await page.textContent('main [role=alert]'), /have not chosen yet/)
    await page.check('[id="search/search.one-found-2"]')
    // Enter in the box searches too, and keeps what was chosen in the other.
    await page.fill('[name="search/search.many:search"]', 'street 7')
    await Promise.all([page.waitForNavigation(), page.press('[name="search/search.many:search"]', 'Enter')])
    assert.ok(await page.isChecked('[id="search/search.one-found-2"]'))
    await page.check('[id="search/search.many-found-1"]')
    await page.check('[id="search/search.many-found-3"]')
    await page.fill('[name="search/search.open:other"]', 'Durian')
    await goOn(page)
    assert.match(page.url(), /\/visit\?/, 'the gallery is in nobody\'s packet: no page comes next')
    await open(page, 6)
    assert.ok(await page.isChecked('[name="search/search.one"][value$="|grapefruit"]'))
    assert.equal(await page.locator('[id^="search/search.many-found"]:checked').count(), 2)
    assert.equal(await page.inputValue('[name="search/search.open:other"]'), 'Durian')
  }))
}

named('every page of the gallery takes answers and shows them again', () => use({}, async (page) => {
  await begin(page, 'follow-up')
  await open(page, 2)
  await page.fill('[name="numbers/numbers.units"]', '150')
  await page.selectOption('[name="numbers/numbers.units:unit"]', 'kg')
  await page.fill('[name="numbers/numbers.one-unit"]', '70')
  await page.check('[name="numbers/numbers.steps"][value="40"]')
  await expectGoodPage(page, 'gallery: numbers', { everySize: true })
  await goOn(page)
  await open(page, 3)
  await page.fill('[name="times/times.date:month"]', 'Feb')
  await page.fill('[name="times/times.date:day"]', '31')
  await page.fill('[name="times/times.date:year"]', '2000')
  await page.fill('[name="times/times.time"]', '25:00')
  await goOn(page)
  assert.equal(await page.locator('.govuk-error-summary a').count(), 2)
  await expectGoodPage(page, 'gallery: days with problems', { everySize: true })
  await page.fill('[name="times/times.date:day"]', '3')
  await page.fill('[name="times/times.time"]', '2:30 pm')
  await page.fill('[name="times/times.instant:month"]', '5')
  await page.fill('[name="times/times.instant:day"]', '3')
  await page.fill('[name="times/times.instant:year"]', '2026')
  await page.fill('[name="times/times.instant:time"]', '9 am')
  await goOn(page)
  assert.match(page.url(), /\/visit\?/)
  await open(page, 3)
  assert.equal(await page.inputValue('[name="times/times.instant:time"]'), '09:00:00')
  await open(page, 2)
  assert.equal(await page.inputValue('[name="numbers/numbers.units:unit"]'), 'kg')
  for (const [number, what] of [[5, 'choices'], [8, 'rows'], [9, 'the same answers'], [10, 'files'], [12, 'what is said']]) {
    await open(page, number)
    await expectGoodPage(page, `gallery: ${what}`, { everySize: true })
  }
}))

named('"none of these" takes the others back', () => use({}, async (page) => {
  await begin(page, 'follow-up')
  await open(page, 5)
  const box = (code) => `[name="choices/choices.boxes"][value$="|${code}"]`
  await page.check(box('tired'))
  await page.check(box('dizzy'))
  await page.check(box('none'))
  assert.deepEqual([await page.isChecked(box('tired')), await page.isChecked(box('none'))], [false, true])
  await page.check(box('tired'))
  assert.equal(await page.isChecked(box('none')), false)
}))
