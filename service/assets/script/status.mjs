// The one line that says how saving and sending stand: role=status, at the lower edge of the window.

const line = () => document.querySelector('[data-status]')

// What sends the page is never below the line: where both are in sight, the page gives way.
function giveWay(bar) {
  const { top } = bar.getBoundingClientRect()
  for (const button of document.querySelectorAll('#answers > .govuk-button')) {
    const box = button.getBoundingClientRect()
    const covered = box.bottom + 8 - top
    if (covered > 0 && box.top < innerHeight) scrollBy(0, covered)
  }
}

export function say(text, { trouble = false } = {}) {
  const at = line()
  if (!at || at.textContent === text) return
  at.textContent = text
  at.classList.toggle('intake-status--trouble', trouble)
  if (text) giveWay(at)
}

// The page brings the sentences in its language: data-offline, data-busy, data-sending.
export const sentence = (name) => line()?.dataset[name] ?? ''

export function sayOffline() {
  say(sentence('offline'), { trouble: true })
}
