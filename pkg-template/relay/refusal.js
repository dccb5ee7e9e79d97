/** A response of the relay itself, as JSON. */
export const refuse = (status, error, headers) => Response.json({ error }, { status, headers })

export const tooLarge = () => refuse(413, 'The file is larger than the relay takes')
