/** Loads the package at the first click of a button, and pins; then the page's title is the CID. */
export function prepare() {
  const button = document.body.appendChild(document.createElement('button'))
  button.onclick = async () => {
    const { pin } = await import('numbers-pin')
    const endpoint = new URL(location.href).searchParams.get('endpoint')
    const { cid } = await pin(new Blob(['text']), { token: 'local-token', endpoint })
    document.title = cid
  }
}
