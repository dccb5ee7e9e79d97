/** The side of a thumbnail in pixels, twice of what it is shown as. */
const SIDE = 112

/** The kinds of media that have a sign of their own. */
const SIGNS = ['image', 'audio', 'video', 'text']

/**
 * Shows what it is: a sign of its kind and, when it has been drawn, the picture that it holds.
 *
 * @param {HTMLElement} place
 * @param {import('./entry.js').Entry} entry gets the thumbnail of the source
 * @param {File | string} [source]
 */
export async function showPicture(place, entry, source) {
  const [kind] = entry.type?.split('/') ?? []
  const sign = SIGNS.includes(kind) ? kind : 'file'
  place.querySelector('use').setAttribute('href', entry.size === undefined ? '#link' : `#${sign}`)
  if (kind === 'image' && source) entry.thumbnail = await draw(source)
  if (!entry.thumbnail) return
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([entry.thumbnail]))
  image.alt = ''
  await image.decode().then(
    () => place.replaceChildren(image),
    () => {},
  )
  URL.revokeObjectURL(image.src)
}

/**
 * A small square of a picture, as pixels only: nothing of what else is in the file is shown or kept.
 * It is bytes, since private windows of WebKit keep no `Blob`.
 *
 * @param {File} file
 * @returns {Promise<ArrayBuffer | undefined>} nothing for what the browser cannot draw
 */
async function draw(file) {
  const image = await createImageBitmap(file).catch(() => undefined)
  if (!image) return undefined
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE })
  const side = Math.min(image.width, image.height)
  const [x, y] = [(image.width - side) / 2, (image.height - side) / 2]
  canvas.getContext('2d').drawImage(image, x, y, side, side, 0, 0, SIDE, SIDE)
  image.close()
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.8))
  return blob?.arrayBuffer()
}
