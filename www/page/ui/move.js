import { roundedSize } from '../lib/size.js'
import { downloadFile } from '../pins/move.js'
import { parseReference } from '../pins/reference.js'
import { announce } from './announce.js'
import { downloadMessage } from './messages.js'

const form = document.querySelector('#move-form')
const field = form.querySelector('input')
const button = form.querySelector('button')
const status = document.querySelector('#move-status')

/** Set while a file is downloaded. @type {AbortController | undefined} */
let running

/**
 * Listens for CIDs, downloads their files and adds them.
 *
 * @param {() => string} gateway the gateway of the chosen service
 * @param {(file: File, cid: string) => void} add
 */
export function onMove(gateway, add) {
  field.addEventListener('input', () => field.setCustomValidity(''))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (running) return running.abort()
    const reference = parseReference(field.value)
    if (!reference) {
      field.setCustomValidity('Enter the CID of one file. It begins with “b” or “Qm”.')
      field.reportValidity()
      return
    }
    const file = await downloadHere(reference, gateway())
    if (!file) return
    field.value = ''
    add(file, reference.cid)
  })
}

/** Downloads a file and shows the progress. `undefined` if it failed; the reason is shown. */
async function downloadHere(reference, gateway) {
  running = new AbortController()
  button.textContent = 'Cancel'
  field.readOnly = true
  try {
    const file = await downloadFile(reference, gateway, {
      signal: running.signal,
      onProgress: (host, loaded) => show(`Downloading from ${host}: ${roundedSize(loaded)}`),
    })
    show('')
    announce('The file was downloaded and verified.')
    return file
  } catch (error) {
    show(`${downloadMessage(error)} Nothing was pinned or charged.`, true)
    announce(status.textContent)
  } finally {
    running = undefined
    button.textContent = 'Get file'
    field.readOnly = false
  }
}

function show(sentence, failed = false) {
  status.textContent = sentence
  status.classList.toggle('complaint', failed)
  field.ariaInvalid = String(failed)
}
