// A body to tap on, above the list of its parts that works without it. Check boxes stay the answers: the map shows and
// changes them, and asks how strong it is there. Keyboards and screen readers have the list; the map is for eyes and fingers.

const views = {
  whole: '0 0 100 206',
  upper: '0 0 100 106',
  lower: '0 100 100 106',
}

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

const codeOf = (box) => box.value.slice(box.value.lastIndexOf('|') + 1)

// Check boxes repeat one name. Answers below them need to say which answer they belong to: "regions[1]/intensity".
export function nameAnswers(data, name, below, strengthOf) {
  const values = data.getAll(name)
  data.delete(name)
  for (const [at, value] of values.entries()) {
    data.append(`${name}[${at}]`, value)
    const strength = strengthOf(value)
    if (below && strength !== '') data.append(`${name}[${at}]/${below}`, strength)
  }
}

function choice(words, name, options, changed) {
  const group = element('div', { className: 'intake-map__choice', role: 'group' })
  group.setAttribute('aria-label', words[name])
  const buttons = options.map((option, at) => {
    const button = element('button', { type: 'button', className: 'intake-tool', textContent: words[option] })
    button.setAttribute('aria-pressed', String(at === 0))
    button.addEventListener('click', () => {
      for (const each of buttons) each.setAttribute('aria-pressed', String(each === button))
      changed(option)
    })
    return button
  })
  group.append(...buttons)
  return group
}

class BodyMap {
  #list
  #boxes
  #words
  #strengths
  #figures = []
  #chosen = element('div', { className: 'intake-map__chosen' })

  constructor(list) {
    this.#list = list
    this.#words = JSON.parse(list.dataset.words)
    this.#strengths = new Map(Object.entries(JSON.parse(list.dataset.strengths)))
    this.#boxes = [...list.querySelectorAll('input[type=checkbox]')]
  }

  async start() {
    const answer = await fetch(this.#list.dataset.bodyMap)
    if (!answer.ok) return
    const drawn = new DOMParser().parseFromString(await answer.text(), 'image/svg+xml').documentElement
    this.#place(document.importNode(drawn, true))
    for (const box of this.#boxes) {
      box.addEventListener('change', () => this.#show())
      box.addEventListener('focus', () => this.#point(codeOf(box), true))
      box.addEventListener('blur', () => this.#point(codeOf(box), false))
    }
    const form = this.#list.closest('form')
    const { name } = this.#boxes[0]
    const below = this.#list.dataset.below
    form.addEventListener('formdata', ({ formData }) => {
      for (const key of [...formData.keys()]) if (key.startsWith('_strength')) formData.delete(key)
      nameAnswers(formData, name, below, (value) => this.#strengths.get(value) ?? '')
      if (below) formData.append('_with_below', '1')
    })
    addEventListener('pageshow', () => this.#show())
    this.#show()
  }

  #place(drawn) {
    const map = element('div', { className: 'intake-map' })
    const sides = element('div', { className: 'intake-map__sides' })
    sides.dataset.side = 'front'
    for (const side of ['front', 'back']) {
      const figure = drawn.cloneNode(false)
      figure.append(drawn.querySelector(`[data-side=${side}]`).cloneNode(true))
      // The list below says and does the same.
      figure.setAttribute('aria-hidden', 'true')
      figure.addEventListener('click', (event) => this.#tap(event.target.dataset?.region))
      const frame = element('div', { className: `intake-map__side intake-map__side--${side}` },
        this.#caption(side), figure)
      this.#figures.push(figure)
      sides.append(frame)
    }
    map.append(
      element('p', { className: 'govuk-body', textContent: this.#words.hint }),
      choice(this.#words, 'sides', ['front', 'back'], (side) => { sides.dataset.side = side }),
      choice(this.#words, 'zoom', ['whole', 'upper', 'lower'], (view) => {
        for (const figure of this.#figures) figure.setAttribute('viewBox', views[view])
      }),
      sides)
    const names = element('details', { className: 'govuk-details intake-map__list' },
      element('summary', { className: 'govuk-details__summary' },
        element('span', { className: 'govuk-details__summary-text', textContent: this.#words.list })))
    this.#list.before(map, this.#chosen, names)
    names.append(this.#list)
    // The summary of what is wrong leads to the list.
    names.open = this.#list.closest('.govuk-form-group--error') !== null
    for (const box of this.#boxes) {
      const title = document.createElementNS('http://www.w3.org/2000/svg', 'title')
      title.textContent = this.#labelOf(box)
      for (const part of this.#parts(codeOf(box))) part.append(title.cloneNode(true))
    }
  }

  // Who looks at a person from the front has that person's right hand at the left.
  #caption(side) {
    const { right, left, [side]: name } = this.#words
    const caption = element('p', { className: 'intake-map__caption' })
    for (const word of side === 'front' ? [right, name, left] : [left, name, right]) {
      caption.append(element(word === name ? 'strong' : 'span', { textContent: word }))
    }
    caption.setAttribute('aria-hidden', 'true')
    return caption
  }

  #parts(code) {
    return this.#figures.flatMap((figure) => [...figure.querySelectorAll(`[data-region="${CSS.escape(code)}"]`)])
  }

  #labelOf(box) {
    return box.labels[0].textContent.trim()
  }

  #tap(region) {
    const box = this.#boxes.find((each) => codeOf(each) === region)
    if (!box) return
    box.checked = !box.checked
    box.dispatchEvent(new Event('change', { bubbles: true }))
  }

  #point(code, on) {
    for (const part of this.#parts(code)) part.classList.toggle('intake-map__part--focus', on)
  }

  #show() {
    const everywhere = this.#boxes.some((box) => box.checked && codeOf(box) === 'everywhere')
    for (const figure of this.#figures) figure.classList.toggle('intake-map__figure--everywhere', everywhere)
    for (const box of this.#boxes) {
      const strength = box.checked ? Number(this.#strengths.get(box.value) ?? 5) : 0
      for (const part of this.#parts(codeOf(box))) {
        part.classList.toggle('intake-map__part--chosen', box.checked)
        if (box.checked) part.setAttribute('fill-opacity', (0.35 + strength * 0.065).toFixed(2))
        else part.removeAttribute('fill-opacity')
      }
    }
    this.#ask()
  }

  // One question for each part that was chosen, in the order of the list; those that are there stay as they are.
  #ask() {
    const wanted = this.#boxes.filter((box) => box.checked)
    for (const row of [...this.#chosen.children]) {
      if (!wanted.some((box) => box.value === row.dataset.value)) row.remove()
    }
    for (const [at, box] of wanted.entries()) {
      const there = this.#chosen.children[at]
      if (there?.dataset.value === box.value) continue
      this.#chosen.insertBefore(this.#row(box), there ?? null)
    }
  }

  #row(box) {
    const label = this.#labelOf(box)
    const row = element('div', { className: 'govuk-form-group intake-map__row' })
    row.dataset.value = box.value
    const remove = element('button', { type: 'button', className: 'intake-link-button', textContent: this.#words.remove })
    remove.append(element('span', { className: 'govuk-visually-hidden', textContent: ': ' + label }))
    remove.addEventListener('click', () => {
      this.#tap(codeOf(box))
      this.#list.closest('details').querySelector('summary').focus()
    })
    if (this.#list.dataset.below) row.append(this.#scale(box, label))
    else row.append(element('p', { className: 'govuk-body', textContent: label }))
    row.append(remove)
    return row
  }

  #scale(box, label) {
    const scale = element('div', { className: 'govuk-radios intake-scale' })
    const code = codeOf(box)
    for (let value = 0; value <= 10; ++value) {
      const input = element('input', { className: 'govuk-radios__input', type: 'radio', id: `_strength-${code}-${value}`,
        name: `_strength-${code}`, value, checked: this.#strengths.get(box.value) === String(value) })
      input.addEventListener('change', () => {
        this.#strengths.set(box.value, input.value)
        this.#show()
      })
      scale.append(element('div', { className: 'govuk-radios__item' }, input,
        element('label', { className: 'govuk-label govuk-radios__label', htmlFor: input.id, textContent: value })))
    }
    const ends = element('p', { className: 'intake-scale-ends' },
      element('span', { textContent: this.#words.least }), ' ', element('span', { textContent: this.#words.most }))
    return element('fieldset', { className: 'govuk-fieldset' },
      element('legend', { className: 'govuk-fieldset__legend govuk-fieldset__legend--s',
        textContent: `${label}: ${this.#words.strength}` }), ends, scale)
  }
}

export function startBodyMaps() {
  for (const list of document.querySelectorAll('[data-body-map]')) new BodyMap(list).start()
}
