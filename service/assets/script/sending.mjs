// A form is sent once, and only to a server that can be reached: where it can't be, the page stays, says so, and sends by
// itself when the line is back.
import { withhold } from './live_questions.mjs'
import { say, sayOffline, sentence } from './status.mjs'

const askAgainMs = 5000
const trustMs = 20000
const lockedMs = 20000
const insistMs = 10000

const waiting = new Map()

// Holds the form back until `work` is done, a photo being made smaller for example.
export function holdBack(form, work) {
  const all = waiting.get(form) ?? new Set()
  waiting.set(form, all)
  all.add(work)
  work.finally(() => all.delete(work))
}

const pause = (ms) => new Promise((resume) => {
  const wake = () => { removeEventListener('online', wake); resume() }
  setTimeout(wake, ms)
  addEventListener('online', wake)
})

async function reach(autosave) {
  if (autosave?.dirty) return autosave.flush()
  if (autosave && autosave.silentMs < trustMs) return true
  try {
    await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout?.(10000) })
    return true
  } catch {
    return false
  }
}

// `autosave` where the page has a draft. Forms without data-keep are only kept from being sent twice.
export function guardSending(form, autosave) {
  // Older browsers can't send a form again with the button that was pressed.
  const asksFirst = 'keep' in form.dataset && 'requestSubmit' in form
  let state = 'open'
  let unlock = 0
  let askedAt = 0
  let insists = false

  const lock = (locked) => {
    clearTimeout(unlock)
    if (!locked) withhold(form, false)
    for (const button of form.elements) {
      if (!button.matches('button')) continue
      if (locked) button.setAttribute('aria-disabled', 'true')
      else button.removeAttribute('aria-disabled')
    }
  }

  const go = (button) => {
    state = 'gone'
    // Another language is another page to fill in: everything goes along.
    withhold(form, button?.name !== '_switch')
    autosave?.rest()
    say(sentence('sending'))
    // A line that hangs: the same page can be sent again, and is received once.
    unlock = setTimeout(() => { state = 'open'; lock(false) }, lockedMs)
  }

  // Until the server was heard.
  async function untilReached() {
    try {
      await Promise.allSettled(waiting.get(form) ?? [])
      while (!insists && !(await reach(autosave))) {
        sayOffline()
        await pause(askAgainMs)
      }
    } catch {
      // Whatever went wrong here must not stand in the patient's way.
    }
  }

  form.addEventListener('submit', async (event) => {
    const button = event.submitter
    if (state === 'ready' || (state === 'open' && !asksFirst)) {
      lock(true)
      return go(button)
    }
    event.preventDefault()
    // Something between here and the server may let pages through and no questions: who presses again after a while is heard.
    insists ||= state === 'asking' && performance.now() - askedAt > insistMs
    if (state !== 'open') return
    state = 'asking'
    askedAt = performance.now()
    insists = false
    lock(true)
    // A form can't be sent from within its own submit event: what follows is a task of its own.
    await new Promise((resume) => setTimeout(resume))
    await untilReached()
    if (state !== 'asking') return
    state = 'ready'
    form.requestSubmit(button)
  })

  // Back from the next page, as it was left.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    state = 'open'
    lock(false)
    say('')
  })
}
