// What the examples of the README leave open.
declare const token: string
declare const file: File
declare const cid: string
declare const fileInput: { files: File[] }
declare const pinButton: HTMLButtonElement
declare const tokenInput: HTMLInputElement
declare const link: HTMLAnchorElement
declare function readToken(): Promise<string>

declare const pin: typeof import('numbers-pin').pin
declare const pinAll: typeof import('numbers-pin').pinAll
declare const cidOf: typeof import('numbers-pin').cidOf
declare const verify: typeof import('numbers-pin').verify
declare const download: typeof import('numbers-pin').download
declare const locate: typeof import('numbers-pin').locate
declare const isPinError: typeof import('numbers-pin').isPinError
