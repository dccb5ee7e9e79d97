import { webAddress } from '../lib/web-address.js'
import { announce } from './announce.js'

const choosers = document.querySelectorAll('#files, #camera')
const form = document.querySelector('#address-form')
const address = document.querySelector('#address')
const sample = document.querySelector('#sample')
const paste = document.querySelector('#paste')
const hint = document.querySelector('#sources-hint')

/**
 * Listens for sources: files that are chosen, photographed, dropped or pasted, the sample, and URLs that
 * are typed, dropped or pasted.
 *
 * @param {(sources: (File | string)[]) => void} add
 */
export function onSources(add) {
  const take = (sources, complaint = '') => {
    hint.textContent = complaint
    if (complaint) announce(complaint)
    if (sources.length > 0) add(sources)
  }

  for (const chooser of choosers)
    chooser.addEventListener('change', () => {
      take([...chooser.files])
      // Otherwise choosing the same file again fires no event.
      chooser.value = ''
    })

  address.addEventListener('input', () => address.setCustomValidity(''))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const url = webAddress(address.value)
    if (!url) {
      address.setCustomValidity('Enter a web address that begins with https://')
      address.reportValidity()
      return
    }
    take([address.value])
    address.value = ''
  })

  sample.addEventListener('click', async () => {
    try {
      take([await loadSample()])
      // The button is hidden now; the keyboard focus must go on.
      askForSource()
    } catch {
      take([], 'The sample picture could not be loaded.')
    }
  })

  addEventListener('dragover', (event) => {
    event.preventDefault()
    document.body.classList.add('dragging')
  })
  addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) document.body.classList.remove('dragging')
  })
  addEventListener('drop', (event) => {
    event.preventDefault()
    document.body.classList.remove('dragging')
    take(...unpack(event.dataTransfer))
  })

  addEventListener('paste', (event) => {
    const typing = event.target.matches?.('input, textarea')
    if (typing && event.clipboardData.files.length === 0) return
    event.preventDefault()
    take(...unpack(event.clipboardData))
  })

  paste.hidden = !navigator.clipboard?.read
  paste.addEventListener('click', async () => {
    try {
      take(...(await readClipboard()))
    } catch {
      take([], 'This browser does not allow this page to read the clipboard.')
    }
  })
}

async function loadSample() {
  const response = await fetch('sample.jpg')
  if (!response.ok) throw new Error(`status ${response.status}`)
  return new File([await response.blob()], 'sample.jpg', { type: 'image/jpeg' })
}

/** Adds a URL that was typed but not yet added. False if it is not valid. */
export function takeAddress() {
  if (address.value) form.requestSubmit()
  return address.value === ''
}

/** Focuses the file chooser. */
export function askForSource() {
  choosers[0].focus()
}

const NOTHING = 'There is no file, picture or web address to add.'
const FOLDERS = 'You cannot pin a folder. Choose the files in it.'

/** Reads what was dropped or pasted. @returns {[(File | string)[], string]} with a complaint */
function unpack(transfer) {
  // An image dragged from a page comes as a file and as its URL; the file is meant.
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const files = items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory)
  if (items.length > 0)
    return [files.map((item) => item.getAsFile()), files.length < items.length ? FOLDERS : '']
  return addresses(transfer.getData('text/uri-list') || transfer.getData('text/plain'))
}

/** Reads a list of URLs, in which lines that begin with `#` are comments (RFC 2483). */
function addresses(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const found = lines.filter((line) => webAddress(line))
  return [found, found.length === 0 ? NOTHING : '']
}

async function readClipboard() {
  const sources = []
  for (const item of await navigator.clipboard.read()) {
    const type = item.types.find((type) => type.startsWith('image/'))
    if (type) {
      const name = `pasted.${type.slice('image/'.length)}`
      sources.push(new File([await item.getType(type)], name, { type }))
    } else if (item.types.includes('text/plain')) {
      const text = await (await item.getType('text/plain')).text()
      sources.push(...addresses(text)[0])
    }
  }
  return [sources, sources.length === 0 ? NOTHING : '']
}
