// A list of the desk hears whether anything has changed: a short question every few seconds, which is answered 304 as long as
// nothing has. Nothing moves under the reader's eyes: the page only says so, and a link shows it.

const every = 5000

export class LiveList {
  constructor(at, ask = (address, how) => fetch(address, how)) {
    this.at = at
    this.ask = ask
    this.tag = at.dataset.etag
    this.waiting = false
  }

  part(name) {
    return this.at.querySelector(`[data-live-${name}]`)
  }

  show(name, on) {
    const part = this.part(name)
    if (part && part.hidden === on) part.hidden = !on
  }

  async look() {
    if (this.waiting) return
    this.waiting = true
    try {
      const answer = await this.ask(this.at.dataset.live, { headers: { 'if-none-match': this.tag }, cache: 'no-store', redirect: 'manual' })
      if (answer.status === 200) this.say(await answer.json(), answer.headers.get('etag'))
      // A redirection leads to the page for signing in.
      this.show('down', answer.status !== 200 && answer.status !== 304)
    } catch {
      this.show('down', true)
    } finally {
      this.waiting = false
    }
  }

  say(news, tag) {
    this.tag = tag
    const count = this.part('count')
    if (count) count.textContent = String(news.newer)
    this.show('new', news.newer > 0)
    this.show('changed', news.newer === 0)
  }
}

export function startLive() {
  for (const at of document.querySelectorAll('[data-live]')) {
    const list = new LiveList(at)
    // A window that nobody sees asks nothing.
    setInterval(() => document.visibilityState === 'visible' && list.look(), every)
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && list.look())
  }
  for (const each of document.querySelectorAll('[data-gone-after]')) {
    setTimeout(() => each.remove(), Number(each.dataset.goneAfter) * 1000)
  }
}
