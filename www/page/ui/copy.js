import { announce } from './announce.js'

/** How long a button shows that it has copied, in ms. */
const MOMENT = 2000

// Only secure contexts have a clipboard. Without one the copy buttons are hidden.
document.body.classList.toggle('no-clipboard', !navigator.clipboard)

/**
 * Copies a text, and confirms it on the button that was pressed.
 *
 * @param {HTMLElement} button
 * @param {string} text
 * @param {string} what its name in the sentence, such as "CID"
 */
export async function copy(button, text, what) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    announce(
      `This browser does not allow this page to copy. Select the ${what} and copy it yourself.`,
    )
    return
  }
  announce(`${what} copied.`)
  button.classList.add('copied')
  setTimeout(() => button.classList.remove('copied'), MOMENT)
}

/** Shares a link with the device's share dialog, or copies it if there is none. */
export function share(button, title, url) {
  if (navigator.share) navigator.share({ title, url }).catch(() => {})
  else copy(button, url, 'Link')
}
