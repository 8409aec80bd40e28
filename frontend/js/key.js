// Security keys: asks the device, puts its answer into the form and sends it. Loaded only on the pages with such a form.
const usable = () => typeof PublicKeyCredential !== 'undefined' && 'parseCreationOptionsFromJSON' in PublicKeyCredential

const ceremonies = {
  create: ({ creation_options: { publicKey } }) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) }),
  get: ({ request_options: { publicKey } }) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) }),
}

function prepare(form) {
  const button = form.querySelector('[data-key-start]')
  const status = form.querySelector('[data-key-status]')
  const options = JSON.parse(document.getElementById(form.dataset.keyOptions).textContent)
  button.hidden = false
  form.addEventListener('submit', async event => {
    event.preventDefault()
    status.textContent = status.dataset.textWait
    try {
      const credential = await ceremonies[form.dataset.key](options)
      form.elements.credential.value = JSON.stringify(credential)
      form.submit()
    } catch {
      status.textContent = status.dataset.textFailed
    }
  })
}

for (const form of document.querySelectorAll('form[data-key]')) {
  if (usable()) prepare(form)
  else form.querySelector('[data-key-status]').textContent = form.querySelector('[data-key-status]').dataset.textMissing
}
