/** The documented 25 MB, in bytes. The API page does not define a megabyte; this is the larger one. */
export const MAX_FILE_SIZE = 26_214_400

/** What the service's host accepts as a JSON body, in bytes. File parts do not count. */
export const MAX_JSON_SIZE = 512 * 1024

/** How much of a rejected body is still read, in bytes, before the connection is closed. */
export const MAX_DISCARDED = 4 * MAX_FILE_SIZE
