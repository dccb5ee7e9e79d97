import { readFile } from 'node:fs/promises'

/** The text of index.d.ts. */
export const TYPES = await readFile(
  new URL('../../pkg-template/index.d.ts', import.meta.url),
  'utf8',
)

/** The strings of a type that is a union of strings. */
export function stringsOf(type) {
  const [, union] = new RegExp(`type ${type} =([^]*?)\n\n`).exec(TYPES)
  return [...union.matchAll(/'([\w-]+)'/g)].map(([, text]) => text)
}

/** The name of the type of a function's options. */
export const optionsTypeOf = (name) =>
  new RegExp(`function ${name}\\([^]*?options\\?: (\\w+)`).exec(TYPES)[1]

/** The body of an interface, and what follows its name. */
export function interfaceOf(name) {
  const [, parent, body] = new RegExp(`interface ${name} (.*?){\n([^]*?)\n}`).exec(TYPES)
  return { parent, options: body.match(/^ {2}\w+(?=\?:)/gm).map((option) => option.trim()) }
}
