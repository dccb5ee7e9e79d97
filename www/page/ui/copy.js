import { announce } from './announce.js'

/** How long a button says that it has copied, in ms. */
const MOMENT = 2000

// A page without encryption has no clipboard, and then no button for it.
document.body.classList.toggle('no-clipboard', !navigator.clipboard)

/**
 * Copies a text, and says so on the button that was pressed.
 *
 * @param {HTMLElement} button
 * @param {string} text
 * @param {string} what its name in the sentence, such as "CID"
 */
export async function copy(button, text, what) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    announce(`This browser does not allow copying. Select the ${what} instead.`)
    return
  }
  announce(`${what} copied.`)
  button.classList.add('copied')
  setTimeout(() => button.classList.remove('copied'), MOMENT)
}

/** Shares a link by what the device has for it, or else copies it. */
export function share(button, title, url) {
  if (navigator.share) navigator.share({ title, url }).catch(() => {})
  else copy(button, url, 'Link')
}
