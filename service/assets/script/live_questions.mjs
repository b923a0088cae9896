// Shows the questions that apply and hides the others, as the answers change. What a hidden field holds stays in it, and in the
// draft, while the page is open; when the page is sent, it stays behind: nobody should be told to clear what they can't see.
import { Enablement } from './enablement.mjs'
import { readAnswers, readPath } from './page_answers.mjs'

function typesOf(items, into = new Map()) {
  for (const each of items ?? []) {
    into.set(each.linkId, each.type)
    typesOf(each.item, into)
  }
  return into
}

// Whether fields that are hidden stay behind when the form is sent.
export function withhold(form, hidden) {
  for (const field of form.querySelectorAll('[data-item] :is(input, select, textarea)')) {
    field.disabled = hidden && field.closest('[hidden]') !== null
  }
}

// "None of these" and the like: choosing it takes the others back, and choosing another takes it back.
export function startExclusiveChoices(form) {
  form.addEventListener('change', ({ target }) => {
    if (target.type !== 'checkbox' || !target.checked) return
    for (const other of form.querySelectorAll('input[type=checkbox]:checked')) {
      const both = other !== target && other.name === target.name
      if (both && ('exclusive' in target.dataset || 'exclusive' in other.dataset)) other.checked = false
    }
  })
}

export function startLiveQuestions(form) {
  if (!form.dataset.rules) return
  const { items, elsewhere } = JSON.parse(form.dataset.rules)
  const rules = new Enablement(items)
  const types = typesOf(items)
  // What is shown applies.
  for (const each of form.querySelectorAll('[data-if-applies]')) each.hidden = true
  const shown = [...form.querySelectorAll('[data-item]')].map((element) => ({ element, path: readPath(element.dataset.item) }))

  function decide(speak) {
    const here = readAnswers(new FormData(form), (linkId) => types.get(linkId))
    const all = [...(elsewhere.item ?? []), ...here]
    for (const { element, path } of shown) {
      const applies = rules.appliesAt(path, all)
      if (element.hidden !== applies) continue
      element.hidden = !applies
      // "Call 911" is heard when an answer asks for it, not when the page is opened.
      if (speak && applies && element.matches('.intake-urgent')) element.setAttribute('role', 'alert')
    }
  }

  form.addEventListener('input', () => decide(true))
  form.addEventListener('change', () => decide(true))
  addEventListener('pageshow', () => decide(false))
  decide(false)
}
