// What a page does more where its script runs. Everything here is also possible without: visit.mjs and sending.mjs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

import { desktop, expectGoodPage, languages, phone, url, use } from './browser.mjs'
import { named } from './named.mjs'
import { readVectors, verdicts } from './vectors.mjs'
import { begin, goOn } from './visit.mjs'

const status = (page) => page.textContent('[data-status]')
const statusSays = (page, words) =>
  page.waitForFunction((text) => new RegExp(text).test(document.querySelector('[data-status]').textContent), words)
const moduleText = (name) => readFileSync(new URL(`../../service/assets/script/${name}`, import.meta.url), 'utf8')

named('the enablement vectors hold in the browser', () => use({}, async (page) => {
  const modules = [moduleText('enablement.mjs'), moduleText('page_answers.mjs')]
  for (const { file, vectors } of readVectors()) {
    const found = await page.evaluate(async ([sources, judge, given]) => {
      const load = (text) => import('data:text/javascript;charset=utf-8,' + encodeURIComponent(text))
      const [{ Enablement }, { readPath }] = await Promise.all(sources.map(load))
      return (0, eval)(`(${judge})`)(Enablement, readPath, given)
    }, [modules, verdicts.toString(), vectors])
    assert.deepEqual(found, vectors.cases.map((each) => each.enabled), file)
  }
}))

for (const language of languages) {
  named(`${language}: questions come and go with the answers, and keep what was typed`, () => use({}, async (page) => {
    await begin(page, 'new-patient', language)
    await page.goto(`${url}/visit/medicines/1?lang=${language}`)
    const name = page.locator('[name="allergies/allergy[0]/allergy.to"]')
    assert.ok(await name.isHidden())
    await expectGoodPage(page, `${language} questions hidden`, { language })
    await page.check('[name="allergies/allergy.any"][value$="|yes"]')
    await name.fill('Penicillin')
    await expectGoodPage(page, `${language} questions shown`, { language })
    await page.check('[name="allergies/allergy.any"][value$="|no"]')
    assert.ok(await name.isHidden())
    await page.check('[name="allergies/allergy.any"][value$="|yes"]')
    assert.equal(await name.inputValue(), 'Penicillin')
    // What is hidden when the page is sent stays behind: nobody is told to clear what they can't see.
    await page.check('[name="allergies/allergy.any"][value$="|no"]')
    await goOn(page)
    assert.match(page.url(), /medicines\/2/)
  }))

  named(`${language}: "call 911" is said the moment an answer asks for it`, () => use({}, async (page) => {
    await begin(page, 'new-patient', language)
    await page.goto(`${url}/visit/pain-history/2?lang=${language}`)
    const warning = page.locator('[data-item="pain.safety/pain.red-flags.call-911"]')
    assert.ok(await warning.isHidden())
    await page.check('[name="pain.safety/pain.red-flags"][value$="|bladder-bowel"]')
    assert.ok(await warning.isVisible())
    assert.equal(await warning.getAttribute('role'), 'alert')
    await expectGoodPage(page, `${language} emergency`, { language, everySize: true })
    await page.uncheck('[name="pain.safety/pain.red-flags"][value$="|bladder-bowel"]')
    assert.ok(await warning.isHidden())
  }))
}

named('what is typed is kept while it is typed, and another window has it', () => use({}, async (page, context) => {
  await begin(page, 'new-patient')
  const address = `${url}/visit/registration/2?lang=en`
  await page.goto(address)
  await page.fill('[name="patient.name/patient.name.given"]', 'Zoë "Z"')
  await statusSays(page, '^Saved \\d+:\\d\\d')
  await expectGoodPage(page, 'saved', { everySize: true })
  const other = await context.newPage()
  await other.goto(address)
  assert.equal(await other.inputValue('[name="patient.name/patient.name.given"]'), 'Zoë "Z"')
  // Both windows write: the draft has the last word of each, and neither is told that it is too late.
  await other.fill('[name="patient.name/patient.name.family"]', 'Example')
  await statusSays(other, '^Saved')
  await page.fill('[name="patient.name/patient.name.family"]', 'Sample')
  await page.waitForTimeout(2500)
  assert.match(await status(page), /^Saved/)
  await other.goto(address)
  assert.equal(await other.inputValue('[name="patient.name/patient.name.family"]'), 'Sample')
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ''],
    'nothing lies in the browser')
}))

named('half a page is kept too, but does not count as done', () => use({}, async (page) => {
  await begin(page, 'new-patient')
  await page.goto(`${url}/visit/registration/3?lang=en`)
  await page.fill('[name="patient.birth/patient.birth-date:day"]', '31')
  await page.fill('[name="patient.birth/patient.birth-date:month"]', 'February')
  await page.fill('[name="patient.birth/patient.birth-date:year"]', '1950')
  await statusSays(page, "can't read yet")
  await page.goto(`${url}/visit?lang=en`)
  assert.equal(await page.locator('main .govuk-task-list__status', { hasText: 'Done' }).count(), 0)
}))

for (const language of languages) {
  named(`${language}: without a connection the page stays, says so, and goes on by itself`, () =>
    use({}, async (page, context) => {
      await begin(page, 'new-patient', language)
      const address = `${url}/visit/registration/2?lang=${language}`
      await page.goto(address)
      await context.setOffline(true)
      await page.fill('[name="patient.name/patient.name.given"]', 'Ana')
      await page.fill('[name="patient.name/patient.name.family"]', 'Example')
      await page.waitForSelector('.intake-status--trouble')
      assert.equal(await status(page), await page.getAttribute('[data-status]', 'data-offline'))
      const covered = await page.evaluate(() => {
        const box = (selector) => document.querySelector(selector).getBoundingClientRect()
        const [bar, button] = [box('[data-status]'), box('#answers > .govuk-button')]
        return button.top < innerHeight && button.bottom > bar.top && button.top < bar.bottom
      })
      assert.ok(!covered, 'the line does not lie over Continue')
      await expectGoodPage(page, `${language} offline`, { language, everySize: true })
      await page.click('#answers > button.govuk-button >> nth=0')
      await page.waitForTimeout(500)
      assert.equal(page.url(), address)
      assert.equal(await page.inputValue('[name="patient.name/patient.name.given"]'), 'Ana')
      const gone = page.waitForURL(/registration\/3/, { timeout: 20000 })
      await context.setOffline(false)
      await gone
      await page.goto(address)
      assert.equal(await page.inputValue('[name="patient.name/patient.name.given"]'), 'Ana')
    }))
}

named('the network goes while a page is sent: back, and everything is there', () => use({}, async (page, context) => {
  await begin(page, 'new-patient')
  const address = `${url}/visit/registration/2?lang=en`
  await page.goto(address)
  await page.fill('[name="patient.name/patient.name.given"]', 'Ana')
  await statusSays(page, '^Saved')
  await context.route('**/visit/registration/2*', (route) =>
    (route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue()))
  await page.click('#answers > button.govuk-button >> nth=0')
  await page.waitForTimeout(1000)
  await context.unroute('**/visit/registration/2*')
  await page.goto(address)
  assert.equal(await page.inputValue('[name="patient.name/patient.name.given"]'), 'Ana')
  await page.fill('[name="patient.name/patient.name.family"]', 'Example')
  await goOn(page)
  assert.match(page.url(), /registration\/3/)
}))

named('a button that was pressed says so, and a page is sent once', () => use({}, async (page) => {
  let sent = 0
  await page.route('**/forms/peg*', async (route) => {
    if (route.request().method() === 'POST') {
      ++sent
      await new Promise((resume) => setTimeout(resume, 600))
    }
    await route.continue()
  })
  await page.goto(`${url}/forms/peg?lang=en`)
  for (const name of ['pain', 'enjoyment', 'activity']) await page.check(`input[name="peg/peg.${name}"][value="4"]`)
  const button = page.locator('#answers > button.govuk-button >> nth=0')
  const pressed = await button.evaluate(async (element) => {
    element.click()
    element.click()
    await new Promise((resume) => setTimeout(resume, 300))
    element.click()
    return [element.getAttribute('aria-disabled'), document.querySelector('[data-status]').textContent]
  })
  assert.deepEqual(pressed, ['true', 'Sending'])
  await page.waitForSelector('.intake-receipt')
  assert.equal(sent, 1)
}))

named('who presses again after a while is not held back any longer', () => use({}, async (page) => {
  // A line that lets pages through and no questions of scripts.
  await page.route('**/healthz', (route) => route.abort())
  await page.goto(`${url}/forms/peg?lang=en`)
  for (const name of ['pain', 'enjoyment', 'activity']) await page.check(`input[name="peg/peg.${name}"][value="4"]`)
  const button = page.locator('#answers > button.govuk-button >> nth=0')
  await button.click()
  await page.waitForSelector('.intake-status--trouble')
  await button.click({ force: true })
  await page.waitForTimeout(10500)
  assert.match(page.url(), /lang=en$/, 'a double click does not insist')
  await button.click({ force: true })
  await page.waitForSelector('.intake-receipt', { timeout: 15000 })
}))

named('photos are made smaller before they are sent', () => use({ size: desktop }, async (page) => {
  await page.goto(`${url}/forms/coverage?lang=en`)
  // A field of the page itself, which asks for smaller pictures than it would: what is tested is that it is heeded.
  await page.evaluate(() => {
    const field = document.querySelector('input[type=file][data-picture-side-max="2000"]')
    Object.assign(field, { name: 'photo' }).dataset.pictureSideMax = '800'
  })
  const photo = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 3000, height: 1500 })
    const pen = canvas.getContext('2d')
    for (let at = 0; at < 3000; ++at) {
      pen.fillStyle = `hsl(${at * 7 % 360} 90% ${at % 80}%)`
      pen.fillRect(at, 0, 1, 1500 - at / 3)
    }
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'))
    return [...new Uint8Array(await blob.arrayBuffer())]
  })
  const made = () => page.evaluate(async () => {
    const [file] = document.querySelector('[name=photo]').files
    const picture = file.type.startsWith('image/') ? await createImageBitmap(file).catch(() => null) : null
    return { name: file.name, type: file.type, width: picture?.width, height: picture?.height, size: file.size }
  })
  await page.setInputFiles('[name=photo]', { name: 'card.front.png', mimeType: 'image/png', buffer: Buffer.from(photo) })
  await page.waitForFunction(() => document.querySelector('[name=photo]').files[0].type === 'image/jpeg')
  const { size, ...small } = await made()
  assert.deepEqual(small, { name: 'card.front.jpg', type: 'image/jpeg', width: 800, height: 400 })
  assert.ok(size < photo.length / 2)
  // What is no picture stays what it is: the server judges it.
  await page.setInputFiles('[name=photo]', { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await page.waitForTimeout(500)
  const { size: kept, ...broken } = await made()
  assert.deepEqual([broken.name, kept], ['broken.png', 10])
}))

named('every page works and is good with our scripts blocked', () => use({ size: phone }, async (page, context) => {
  await context.route('**/assets/*.js', (route) => route.abort())
  await begin(page, 'new-patient')
  for (const path of ['registration/2', 'medicines/1', 'pain-history/2', 'pain-history/3', 'consent/2']) {
    await page.goto(`${url}/visit/${path}?lang=en`)
    await expectGoodPage(page, `${path} without our script`)
    await goOn(page)
    await expectGoodPage(page, `${path} without our script, sent empty`)
  }
}))

for (const language of languages) {
  named(`${language}: on a slow line a page is soon there, and is sent once`, () => use({}, async (page, context) => {
    await begin(page, 'new-patient', language)
    const wire = await context.newCDPSession(page)
    await wire.send('Network.enable')
    await wire.send('Network.emulateNetworkConditions',
      { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 })
    const began = performance.now()
    await page.goto(`${url}/visit/registration/2?lang=${language}`)
    assert.ok(performance.now() - began < 8000)
    await page.fill('[name="patient.name/patient.name.given"]', 'Ana')
    await page.fill('[name="patient.name/patient.name.family"]', 'Example')
    await page.dblclick('#answers > button.govuk-button >> nth=0')
    await page.waitForURL(/registration\/3/, { timeout: 20000 })
    await page.goto(`${url}/visit/registration/2?lang=${language}`)
    assert.equal(await page.inputValue('[name="patient.name/patient.name.given"]'), 'Ana')
  }))
}
