// Single letters on a list of the desk; the page brings this only where its reader wants them (WCAG 2.2, 2.1.4).
// A row is [data-row]; a letter presses the row's control with that [data-key]; Enter follows its first link.

const rows = () => [...document.querySelectorAll('[data-row]')]
const current = () => document.activeElement?.closest('[data-row]') ?? null

function typesText(element) {
  return element instanceof HTMLElement &&
    (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) &&
    !/^(checkbox|radio|button|submit)$/.test(element.type)
}

function move(step) {
  const all = rows()
  const at = all.indexOf(current())
  const next = all[at === -1 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

function press(letter) {
  const row = current()
  const control = row?.querySelector(`[data-key="${CSS.escape(letter)}"]`) ??
    document.querySelector(`[data-page-key="${CSS.escape(letter)}"]`)
  if (!control) return false
  control.matches('input, textarea') ? control.focus() : control.click()
  return true
}

function showKeys() {
  const help = document.querySelector('[data-keys-help]')
  if (!help) return
  help.open = !help.open
  if (help.open) help.querySelector('summary').focus()
}

const acts = { j: () => move(1), k: () => move(-1), '?': showKeys }

export function startKeys() {
  const arrived = location.hash ? document.getElementById(location.hash.slice(1)) : null
  if (arrived?.matches('[data-row]')) arrived.focus()
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typesText(event.target)) return
    if (event.key === 'Enter') {
      // On a link or a button Enter keeps its own meaning.
      if (event.target.matches('[data-row]')) event.target.querySelector('a')?.click()
      return
    }
    if (event.key.length !== 1) return
    const act = acts[event.key]
    if (act) act()
    if (act || press(event.key)) event.preventDefault()
  })
}
