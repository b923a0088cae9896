// Working through a list of coverages with one hand: n and p lead on and back, m and b copy. Nothing is lost without it; a link
// on the page turns the keys off (WCAG 2.1.4).
const said = document.querySelector('[data-status]')

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
    said.textContent = button.dataset.copied
  } catch {
    said.textContent = button.dataset.failed
  }
}

for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', () => copy(button))
}

const on = document.querySelector('[data-keys=on]') !== null

document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select') !== null
  if (!on || typing || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return
  const wanted = [...document.querySelectorAll('[data-key]')].find((each) => each.dataset.key === event.key.toLowerCase())
  if (!wanted) return
  event.preventDefault()
  wanted.click()
})

// While a payer is being asked the page looks again by itself, as long as somebody looks at it and reads nothing further down.
const look = document.querySelector('[data-look-again]')
const lookAgain = () => {
  if (document.hidden || window.scrollY > 0 || document.querySelector('details[open]')) setTimeout(lookAgain, 5000)
  else location.replace(look.href)
}
if (look) setTimeout(lookAgain, 5000)
