import { PRICE_LIST } from '../pins/price.js'
import { SERVICES, localAnswers } from '../pins/services.js'

/** The `localStorage` key of the remembered settings. */
const KEY = 'numbers-pin'

const form = document.querySelector('#settings')
const show = document.querySelector('#show')
const destinations = form.querySelectorAll('.destination')
form.querySelector('#price-list').textContent = PRICE_LIST
const { token, service, other, version, pin, remember } = form.elements

/** The token typed for each service, so that switching never sends a token to another service. */
const tokens = { local: 'demo-token', numbers: '', other: '' }
let chosen = service.value

/** The remembered service, with its URL and token; `null` if there is none. */
let remembered = read()

/**
 * Reads the current settings. If the form is not valid, `endpoint` may not be a URL.
 *
 * @returns {{
 *   token: string, endpoint: string, gateway: string, charges?: import('../pins/services.js').Charges,
 *   version: 0 | 1, pin: boolean
 * }}
 */
export function readSettings() {
  const { endpoint, gateway, charges } = SERVICES[service.value]
  return {
    token: token.value.trim(),
    endpoint: endpoint ?? other.value,
    gateway,
    charges,
    version: Number(version.value),
    pin: pin.checked,
  }
}

/** Listens for changes. @param {() => void} changed */
export function onSettings(changed) {
  form.addEventListener('input', () => {
    if (service.value === chosen) tokens[chosen] = token.value
    else choose(service.value)
    store()
    changed()
  })
}

function choose(name) {
  chosen = service.value = name
  token.value = tokens[name]
  remember.checked = remembered?.service === name
  update()
}

/** Shows the fields and hints of the chosen service. */
function update() {
  for (const element of form.querySelectorAll('[data-service]'))
    element.hidden = element.dataset.service !== chosen
  form.querySelector('#other-field').hidden = chosen !== 'other'
  other.disabled = chosen !== 'other'
  const { endpoint } = readSettings()
  const host = URL.canParse(endpoint) ? new URL(endpoint).host : 'that service'
  const note = chosen === 'numbers' ? ' (the Numbers pin API)' : ''
  for (const destination of destinations) destination.textContent = `${host}${note}`
  form.querySelector('#forgotten').classList.toggle('absent', remember.checked)
  form.querySelector('#remembered').classList.toggle('absent', !remember.checked)
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY))
  } catch {
    return null
  }
}

function store() {
  if (remember.checked) remembered = { service: chosen, address: other.value, token: token.value }
  else if (remembered?.service === chosen) remembered = null
  update()
  try {
    if (remembered) localStorage.setItem(KEY, JSON.stringify(remembered))
    else localStorage.removeItem(KEY)
  } catch {
    // If the browser forbids storage, the token stays in memory.
    remember.checked = false
    update()
  }
}

show.addEventListener('click', () => {
  const shown = token.type === 'text'
  token.type = shown ? 'password' : 'text'
  show.setAttribute('aria-pressed', String(!shown))
})

for (const button of form.querySelectorAll('.token'))
  button.addEventListener('click', () => {
    token.value = button.textContent
    form.dispatchEvent(new Event('input'))
  })

/** Chooses the remembered service, else the local one if it answers, else Numbers. */
export async function startSettings() {
  const local = await localAnswers()
  if (local) service.prepend(new Option('Test service', 'local'))
  if (remembered && (local || remembered.service !== 'local')) {
    tokens[remembered.service] = remembered.token
    other.value = remembered.address
    choose(remembered.service)
  } else choose(local ? 'local' : 'numbers')
}
