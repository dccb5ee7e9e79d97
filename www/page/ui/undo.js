const bar = document.querySelector('#undo')
const text = bar.querySelector('p')
const [undo, close] = bar.querySelectorAll('button')

let offer

/**
 * Offers to undo the last action, until the next one or until it is dismissed.
 *
 * @param {string} sentence what was done
 * @param {() => void} back undoes it and sets the focus
 * @param {() => void} leave sets the focus if the offer is dismissed
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
