const region = document.querySelector('#announcement')

/** Says a sentence to those who listen. The same one again would be no news. */
export function announce(sentence) {
  if (region.textContent !== sentence) region.textContent = sentence
}
