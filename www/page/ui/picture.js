/** The width and height of a thumbnail in pixels, twice its CSS size. */
const SIDE = 112

/** The media types that have an icon of their own. */
const SIGNS = ['image', 'audio', 'video', 'text']

/**
 * Shows the icon of the media type and, for an image, its thumbnail once that is drawn.
 *
 * @param {HTMLElement} place
 * @param {import('../pins/record.js').PinRecord} record gets the thumbnail of the source
 * @param {File | string} [source]
 */
export async function showPicture(place, record, source) {
  const [kind] = record.type?.split('/') ?? []
  const sign = SIGNS.includes(kind) ? kind : 'file'
  place.querySelector('use').setAttribute('href', record.size === undefined ? '#link' : `#${sign}`)
  if (kind === 'image' && source) record.thumbnail = await draw(source)
  if (!record.thumbnail) return
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([record.thumbnail]))
  image.alt = ''
  await image.decode().then(
    () => place.replaceChildren(image),
    () => {},
  )
  URL.revokeObjectURL(image.src)
}

/**
 * Draws a square thumbnail. It has the pixels only, none of the metadata of the file. It is returned as
 * bytes because private windows of WebKit cannot store a `Blob`.
 *
 * @param {File} file
 * @returns {Promise<ArrayBuffer | undefined>} `undefined` if the browser cannot decode the image
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
