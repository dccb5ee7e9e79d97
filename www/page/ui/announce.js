const region = document.querySelector('#announcement')

/** Announces a sentence to screen readers, unless it was the last one. */
export function announce(sentence) {
  if (region.textContent !== sentence) region.textContent = sentence
}
