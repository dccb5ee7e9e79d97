const bar = document.querySelector('#undo')
const text = bar.querySelector('p')
const [undo, close] = bar.querySelectorAll('button')

let offer

/**
 * Offers to take back what was just done, until the next such thing or until it is waved away.
 *
 * @param {string} sentence what was done
 * @param {() => void} back takes it back, and leads the keyboard to what came back
 * @param {() => void} leave leads the keyboard on if it is not wanted
 */
export function offerUndo(sentence, back, leave) {
  offer = { back, leave }
  text.textContent = sentence
  bar.hidden = false
  undo.focus()
}

function end(choice) {
  bar.hidden = true
  choice()
}

undo.addEventListener('click', () => end(offer.back))
close.addEventListener('click', () => end(offer.leave))
bar.addEventListener('keydown', ({ key }) => key === 'Escape' && end(offer.leave))
