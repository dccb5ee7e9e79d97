const region = document.querySelector('#news')

/** Says a sentence to those who listen. The same one again would be no news. */
export function tell(sentence) {
  if (region.textContent !== sentence) region.textContent = sentence
}
