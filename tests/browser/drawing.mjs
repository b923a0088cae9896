// What is drawn: where it hurts, and a signature.
import assert from 'node:assert/strict'

import { desktop, expectGoodPage, languages, phone, url, use } from './browser.mjs'
import { named } from './named.mjs'
import { begin, goOn } from './visit.mjs'

const regions = 'pain.where/pain.regions'
const tap = (page, region) => page.locator(`.intake-map__side:visible [data-region="${region}"] >> nth=0`).click()
const fields = (page) => page.evaluate(() => [...new FormData(document.querySelector('#answers'))])

async function openMap(page, language = 'en') {
  await page.goto(`${url}/visit/pain-history/3?lang=${language}`)
  await page.waitForSelector('.intake-map')
}

for (const language of languages) {
  named(`${language}: a tap on the body is an answer, asks how strong, and needs no second page`, () => use({}, async (page) => {
    await begin(page, 'new-patient', language)
    await openMap(page, language)
    await expectGoodPage(page, `${language} body map`, { language, everySize: true })
    await page.setViewportSize(phone)
    await tap(page, 'knee-front-right')
    await tap(page, 'shoulder-front-left')
    await page.click('.intake-tool >> nth=1')
    await tap(page, 'back-low')
    await tap(page, 'calf-left')
    await tap(page, 'calf-left')
    const rows = page.locator('.intake-map__row')
    assert.equal(await rows.count(), 3, 'a second tap takes it back')
    await page.check('[id=\"_strength-knee-front-right-8\"]')
    await page.check('[id=\"_strength-back-low-3\"]')
    await expectGoodPage(page, `${language} body map filled in`, { language, everySize: true })
    await page.setViewportSize(phone)
    await goOn(page)
    assert.match(page.url(), /pain-history\/4/, 'how strong was said already')
    await openMap(page, language)
    assert.equal(await rows.count(), 3)
    assert.ok(await page.isChecked('[id="_strength-knee-front-right-8"]'))
    assert.ok(await page.isChecked('[id="_strength-back-low-3"]'))
    assert.equal(await page.locator('.intake-map__part--chosen').count() >= 3, true)
  }))
}

named('the list and the body are one: what is checked is coloured, what is removed is not', () =>
  use({ size: desktop }, async (page) => {
    await begin(page, 'new-patient')
    await openMap(page)
    await page.click('.intake-map__list summary')
    await page.check(`input[name="${regions}"][value$="|chest-left"]`)
    assert.equal(await page.locator('[data-region=chest-left].intake-map__part--chosen').count(), 1)
    await expectGoodPage(page, 'body map with its list', { everySize: true })
    await page.setViewportSize(desktop)
    await page.click('.intake-map__row button')
    assert.equal(await page.isChecked(`input[name="${regions}"][value$="|chest-left"]`), false)
    assert.equal(await page.locator('.intake-map__part--chosen').count(), 0)
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY', 'the focus is not lost')
    assert.equal((await fields(page)).some(([name]) => name.startsWith(regions)), false)
  }))

named('the body is had by keyboard alone', () => use({ size: desktop }, async (page) => {
  await begin(page, 'new-patient')
  await openMap(page)
  await page.focus('.intake-map__list summary')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  assert.equal(await page.locator('.intake-map__part--focus').count() > 0, true, 'the part is seen on the figure')
  await page.keyboard.press('Space')
  const [[, value]] = (await fields(page)).filter(([name]) => name === `${regions}[0]`)
  assert.match(value, /head-front$/)
  await page.focus('.intake-map__row input')
  for (let at = 0; at < 6; ++at) await page.keyboard.press('ArrowRight')
  assert.deepEqual((await fields(page)).filter(([name]) => name.endsWith('pain.regions.intensity')),
    [[`${regions}[0]/pain.regions.intensity`, '6']])
}))

named('half of the body fills the picture', () => use({}, async (page) => {
  await begin(page, 'new-patient')
  await openMap(page)
  const heightOf = async () => (await page.locator('[data-region=foot-top-left]').boundingBox()).height
  const before = await heightOf()
  await page.click('.intake-map__choice >> nth=1 >> button >> nth=2')
  assert.ok(await heightOf() > before * 1.3)
  await tap(page, 'foot-top-left')
  assert.equal(await page.locator('.intake-map__row').count(), 1)
}))

named('what was said of the body stays when the page has a fault or changes its language', () => use({}, async (page) => {
  await begin(page, 'new-patient')
  await openMap(page)
  await tap(page, 'chest-right')
  await tap(page, 'knee-front-left')
  await page.check('[id=\"_strength-knee-front-left-9\"]')
  await page.click('header button[value=es]')
  await page.waitForSelector('html[lang=es]')
  await page.waitForSelector('.intake-map__row')
  assert.equal(await page.locator('.intake-map__row').count(), 2)
  assert.ok(await page.isChecked('[id="_strength-knee-front-left-9"]'))
}))

const pad = '.intake-pad:visible'
const padField = (page) => page.inputValue('[data-signature] input[type=hidden] >> nth=0')
const strokesOf = (value) => JSON.parse(Buffer.from(value.split(',')[1], 'base64').toString()).strokes

async function sign(page) {
  const box = await page.locator(pad).boundingBox()
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y]
  for (const line of [[[0.1, 0.8], [0.2, 0.2], [0.3, 0.8], [0.4, 0.3]], [[0.5, 0.5], [0.7, 0.4], [0.9, 0.6]]]) {
    await page.mouse.move(...at(...line[0]))
    await page.mouse.down()
    for (const point of line.slice(1)) await page.mouse.move(...at(...point), { steps: 6 })
    await page.mouse.up()
  }
}

async function openPad(page, language = 'en') {
  await begin(page, 'new-patient', language)
  await page.goto(`${url}/visit/consent/2?lang=${language}`)
  await page.check('[name="consent.treatment/consent.treatment.choice"][value$="|draw"]')
  await page.waitForSelector(pad)
  await page.locator(pad).scrollIntoViewIfNeeded()
}

for (const language of languages) {
  named(`${language}: a signature is drawn, kept, turned and taken back`, () => use({}, async (page) => {
    await openPad(page, language)
    await expectGoodPage(page, `${language} empty pad`, { language, everySize: true })
    await page.setViewportSize(phone)
    await page.locator(pad).scrollIntoViewIfNeeded()
    await sign(page)
    const width = () => page.evaluate(() => document.querySelector('.intake-pad').width)
    const shape = () => page.evaluate(() => {
      const canvas = document.querySelector('.intake-pad')
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      const across = [], down = []
      for (let at = 3; at < data.length; at += 4) {
        if (data[at]) {
          across.push((at >> 2) % canvas.width)
          down.push(Math.floor((at >> 2) / canvas.width))
        }
      }
      const length = (all) => all.reduce((a, b) => Math.max(a, b), 0) - all.reduce((a, b) => Math.min(a, b), Infinity)
      return length(across) / length(down)
    })
    const drawn = await padField(page)
    assert.equal(strokesOf(drawn).length, 2)
    const signed = await shape()
    await expectGoodPage(page, `${language} signed`, { language, everySize: true })
    // Turned while signing: the strokes are there at the new width in the shape they were drawn in, nothing of them cut off.
    const drawnAnew = async (before) => {
      await page.waitForFunction((before) => document.querySelector('.intake-pad').width !== before, before)
      const now = await shape()
      assert.ok(Math.abs(now / signed - 1) < 0.1, `the strokes were ${signed} times as wide as tall, and are ${now}`)
    }
    const onDesk = await width()
    await page.setViewportSize(phone)
    await drawnAnew(onDesk)
    const upright = await width()
    await page.setViewportSize({ width: phone.height, height: phone.width })
    await drawnAnew(upright)
    await page.locator(pad).scrollIntoViewIfNeeded()
    await sign(page)
    assert.equal(strokesOf(await padField(page)).length, 4)
    const turned = await width()
    await page.setViewportSize(phone)
    await page.waitForFunction((before) => document.querySelector('.intake-pad').width !== before, turned)
    await page.click('[data-pad-undo]:visible')
    assert.equal(strokesOf(await padField(page)).length, 3)
    await page.click('[data-pad-clear]:visible')
    assert.equal(await padField(page), '')
  }))
}

named('a drawn signature is kept with the page and shown again', () => use({}, async (page) => {
  await openPad(page)
  await sign(page)
  const drawn = strokesOf(await padField(page))
  await goOn(page)
  assert.match(page.url(), /consent\/3/)
  await page.goto(`${url}/visit/consent/2?lang=en`)
  await page.waitForSelector(pad)
  assert.deepEqual(strokesOf(await padField(page)), drawn)
  assert.ok(await page.evaluate(() => {
    const canvas = document.querySelector('.intake-pad')
    return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((each) => each > 0)
  }))
}))

named('an empty pad, or one that was only tapped, can not be sent', () => use({}, async (page) => {
  await openPad(page)
  const box = await page.locator(pad).boundingBox()
  await page.mouse.click(box.x + 40, box.y + 40)
  assert.equal(await padField(page), '')
  await goOn(page)
  await page.waitForSelector('.govuk-error-summary')
  await page.waitForSelector(pad)
  await expectGoodPage(page, 'empty pad sent')
  await page.click('.govuk-error-summary a')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'consent.treatment/consent.treatment.signature')
  // And who sends strokes that go nowhere past the page is refused by the server.
  await page.evaluate(() => {
    const nothing = '{"width":300,"height":200,"strokes":[[[1,1]]]}'
    document.querySelector('[data-signature] input').value = 'data:application/json;base64,' + btoa(nothing)
  })
  await goOn(page)
  assert.match(await page.textContent('.govuk-error-summary'), /Nothing was drawn/)
}))

named('without script nobody is asked to draw', () => use({ script: 'off' }, async (page) => {
  await begin(page, 'new-patient')
  await page.goto(`${url}/visit/consent/2?lang=en`)
  assert.ok(await page.locator('[name="consent.treatment/consent.treatment.choice"][value$="|draw"]').isHidden())
  assert.ok(await page.locator('[data-signature]').isHidden())
  for (const other of ['type', 'desk', 'decline']) {
    assert.ok(await page.locator(`[name="consent.treatment/consent.treatment.choice"][value$="|${other}"]`).isVisible())
  }
}))
