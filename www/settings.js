const NUMBERS = 'https://eoqctv92ahgrcif.m.pipedream.net'
const LOCAL = new URL('pin', document.baseURI).href

const form = document.querySelector('#settings')
const show = document.querySelector('#show')
const destination = document.querySelector('#destination')
const { token, endpoint, other, version, pin } = form.elements

/**
 * The settings as options of `pin()`. The form is valid when this is called.
 *
 * @returns {{ token: string, endpoint: string, version: 0 | 1, pin: boolean }}
 */
export function readSettings() {
  return {
    token: token.value.trim(),
    endpoint: address(),
    version: Number(version.value),
    pin: pin.checked,
  }
}

function address() {
  return { local: LOCAL, numbers: NUMBERS }[endpoint.value] ?? other.value
}

/** Shows what belongs to the chosen service. */
function update() {
  for (const element of form.querySelectorAll('[data-endpoint]'))
    element.hidden = element.dataset.endpoint !== endpoint.value
  other.disabled = endpoint.value !== 'other'
  destination.textContent = URL.canParse(address()) ? new URL(address()).host : 'that service'
}

form.addEventListener('input', update)

show.addEventListener('click', () => {
  const shown = token.type === 'text'
  token.type = shown ? 'password' : 'text'
  show.setAttribute('aria-pressed', String(!shown))
})

for (const button of form.querySelectorAll('.token'))
  button.addEventListener('click', () => {
    token.value = button.textContent
  })

update()
