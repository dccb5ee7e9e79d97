// What the examples of the README leave open.
declare const token: string
declare const file: File
declare const cid: string
declare const isSignedIn: (cookie: string | null) => boolean
