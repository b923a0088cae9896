// The one line that says how saving and sending stand: role=status, at the lower edge of the window.

const line = () => document.querySelector('[data-status]')

export function say(text, { trouble = false } = {}) {
  const at = line()
  if (!at || at.textContent === text) return
  at.textContent = text
  at.classList.toggle('intake-status--trouble', trouble)
}

// The page brings the sentences in its language: data-offline, data-busy, data-sending.
export const sentence = (name) => line()?.dataset[name] ?? ''

export function sayOffline() {
  say(sentence('offline'), { trouble: true })
}
