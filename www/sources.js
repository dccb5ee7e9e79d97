const files = document.querySelector('#files')
const form = document.querySelector('#address-form')
const address = document.querySelector('#address')
const sample = document.querySelector('#sample')

/**
 * Listens for what is to be pinned: files that are chosen or dropped, the sample, and addresses
 * that are typed or dropped.
 *
 * @param {(source: File | string) => void} add
 */
export function onSource(add) {
  files.addEventListener('change', () => {
    for (const file of files.files) add(file)
    // So that the same file can be chosen again.
    files.value = ''
  })

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    add(address.value)
    address.value = ''
  })

  sample.addEventListener('click', async () => {
    const response = await fetch('sample.jpg')
    add(new File([await response.blob()], 'sample.jpg', { type: 'image/jpeg' }))
    // The button went with the empty state, and the keyboard with it.
    askForSource()
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
    // A picture dragged from a page comes as a file and as its address; the file is what was meant.
    const dropped = [...event.dataTransfer.files]
    for (const source of dropped.length ? dropped : addresses(event.dataTransfer)) add(source)
  })
}

/** Adds an address that was typed and not added. False if it is none. */
export function takeAddress() {
  if (address.value) form.requestSubmit()
  return address.value === ''
}

/** Leads the keyboard to where a file is chosen. */
export function askForSource() {
  files.focus()
}

/** The lines of a list of addresses that are no comments. */
function addresses(transfer) {
  const lines = transfer.getData('text/uri-list').split(/\r?\n/)
  return lines.filter((line) => line && !line.startsWith('#'))
}
