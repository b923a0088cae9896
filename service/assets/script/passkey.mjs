// Forms with data-passkey ask the browser for a passkey before they are sent; without one they are of no use, so they are
// shown only where the browser knows passkeys.

const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))

const textOf = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const descriptorsOf = (form) => (form.dataset.credentials || '').split(' ').filter(Boolean)
  .map((id) => ({ type: 'public-key', id: bytesOf(id) }))

const asked = {
  // ES256, EdDSA, RS256: what libfido2 can check, what authenticators are asked for first.
  create: (form) => navigator.credentials.create({ publicKey: {
    challenge: bytesOf(form.elements.challenge.value),
    rp: { id: location.hostname, name: form.dataset.party },
    user: { id: bytesOf(form.dataset.user), name: form.dataset.name, displayName: form.dataset.name },
    pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: descriptorsOf(form),
    attestation: 'none',
  } }),
  get: (form) => navigator.credentials.get({ publicKey: {
    challenge: bytesOf(form.elements.challenge.value),
    rpId: location.hostname,
    allowCredentials: descriptorsOf(form),
  } }),
}

const taken = {
  create: (answer) => ({ client_data: answer.clientDataJSON, authenticator_data: answer.getAuthenticatorData() }),
  get: (answer, id) => ({ credential: id, client_data: answer.clientDataJSON,
    authenticator_data: answer.authenticatorData, signature: answer.signature }),
}

async function fillIn(form) {
  const way = form.dataset.passkey
  const made = await asked[way](form)
  for (const [name, value] of Object.entries(taken[way](made.response, made.rawId))) {
    form.elements[name].value = textOf(value)
  }
}

export function startPasskeys() {
  if (!window.PublicKeyCredential) return
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.closest('[hidden]')?.removeAttribute('hidden')
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      const status = form.querySelector('[role=status]')
      status.textContent = ''
      try {
        await fillIn(form)
      } catch {
        status.textContent = form.dataset.failed
        return
      }
      form.submit()
    })
  }
}
