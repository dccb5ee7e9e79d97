const PROOFS = new Map([
  [
    true,
    [
      'Verified',
      'This page computed the CID from your file, and the receipt has the same CID. A CID belongs to one content only: everyone who downloads this CID gets exactly your file.',
    ],
  ],
  [
    false,
    [
      'Not verified',
      'The CID in the receipt is none of the CIDs that this page computed from your file. The service may compute CIDs in another way, or the receipt may be for another file. Select “Show file” and check that it is yours before you use this CID.',
    ],
  ],
])

const UNCHECKED = [
  'Not checked',
  'This page did not have the file, so it could not compute its CID. The service downloaded the file itself, or the file could no longer be read.',
]

/** Explains `verified` of a receipt, as a word and a sentence. */
export const proofMessage = (verified) => PROOFS.get(verified) ?? UNCHECKED

/** The state of a pinned file, with the word of its check if that is not good. */
export const proofState = (verified) =>
  verified ? 'Pinned' : `Pinned, ${proofMessage(verified)[0].toLowerCase()}`

/**
 * Shows `verified` of a receipt in its row, or a dash without a receipt.
 *
 * @param {HTMLElement} row
 * @param {boolean | null | undefined} verified
 * @param {boolean} known whether there is a receipt
 */
export function showProof(row, verified, known) {
  row.hidden = known && verified === undefined
  const [word, explanation] = proofMessage(verified)
  row.dataset.proof = known ? String(verified) : ''
  row.querySelector('.value').hidden = known
  row.querySelector('details').hidden = !known
  row.querySelector('summary').textContent = word
  row.querySelector('details p').textContent = explanation
}
