// Keeps a page's fields in the packet's sealed draft while they are typed. Nothing is kept in the browser.
import { say, sayOffline, sentence } from './status.mjs'

const pauseMs = { input: 1500, change: 500 }
const retryMs = 5000
const patienceMs = 20000
const refusedMax = 5

// As this telephone's clock shows it.
const timeNow = () => new Date().toLocaleTimeString([document.documentElement.lang, 'en'], { hour: 'numeric', minute: '2-digit' })

export class Autosave {
  #form
  #timer = 0
  #dirty = false
  #running = null
  #ended = false
  #revision
  #heardAt = performance.now()

  constructor(form) {
    this.#form = form
    this.#revision = form.dataset.revision
    for (const kind of ['input', 'change']) form.addEventListener(kind, () => this.#changed(pauseMs[kind]))
    addEventListener('online', () => this.#dirty && this.flush())
  }

  get dirty() {
    return this.#dirty
  }

  // The page is on its way to the server as a whole.
  rest() {
    clearTimeout(this.#timer)
    this.#dirty = false
  }

  // When the server was last heard, in ms ago.
  get silentMs() {
    return performance.now() - this.#heardAt
  }

  #changed(pause) {
    this.#dirty = true
    this.#later(pause)
  }

  #later(ms) {
    clearTimeout(this.#timer)
    if (!this.#ended) this.#timer = setTimeout(() => this.flush(), ms)
  }

  // Saves what is there now. False: the server can't be reached.
  flush() {
    clearTimeout(this.#timer)
    this.#running ??= this.#save().finally(() => { this.#running = null })
    return this.#running
  }

  async #save() {
    for (let refused = 0; refused < refusedMax; ++refused) {
      this.#dirty = false
      let answer
      try {
        answer = await fetch(this.#form.action, { method: 'POST', body: this.#body(), redirect: 'manual',
          signal: AbortSignal.timeout?.(patienceMs) })
      } catch {
        this.#dirty = true
        sayOffline()
        this.#later(retryMs)
        return false
      }
      this.#heardAt = performance.now()
      this.#revision = answer.headers.get('intake-draft') ?? this.#revision
      // Another window saved in between: once more, on top of that.
      if (answer.status === 409) continue
      await this.#heed(answer)
      return true
    }
    this.#dirty = true
    this.#later(retryMs)
    return true
  }

  async #heed(answer) {
    const plain = answer.headers.get('content-type')?.startsWith('text/plain')
    if (answer.status === 200 && plain) return say((await answer.text()).replace('{time}', timeNow()))
    if (answer.status === 410 && plain) {
      this.#ended = true
      return say(await answer.text(), { trouble: true })
    }
    if (answer.status !== 429 && answer.status < 500) return
    this.#dirty = true
    say(sentence('busy'), { trouble: true })
    this.#later(1000 * (Number(answer.headers.get('retry-after')) || 10))
  }

  #body() {
    const fields = new URLSearchParams()
    for (const [name, value] of new FormData(this.#form)) {
      if (typeof value === 'string') fields.append(name, value)
    }
    fields.append('_autosave', this.#revision)
    return fields
  }
}
