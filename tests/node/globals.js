import { parse } from 'acorn'
import { full } from 'acorn-walk'
import { analyze } from 'eslint-scope'

/**
 * The names of the globals that a module uses: identifiers that it does not declare, and properties of
 * `globalThis` that it reads, by a dot, by destructuring, or by a name that a function is called with.
 *
 * @param {string} source
 * @returns {string[]} sorted
 */
export function globalsOf(source) {
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module', ranges: true })
  const { globalScope } = analyze(program, { ecmaVersion: 2024, sourceType: 'module' })
  const found = new Set(globalScope.through.map(({ identifier }) => identifier.name))
  const readers = new Set(nodesOf(program).filter(isReader).map(nameOf))
  for (const node of nodesOf(program)) for (const name of namesRead(node, readers)) found.add(name)
  return [...found].sort()
}

function nodesOf(root) {
  const nodes = []
  full(root, (node) => nodes.push(node))
  return nodes
}

const isGlobal = (node) => node?.type === 'Identifier' && node.name === 'globalThis'
const nameOf = ({ id }) => id?.name

/** `const has = (name) => get(globalThis, name) !== undefined`, or a function that is declared. */
function isReader({ type, init, ...node }) {
  const { params, body } = (type === 'FunctionDeclaration' ? node : init) ?? {}
  const isFirst = (read) => read?.type === 'Identifier' && read.name === params[0]?.name
  return (
    /^(FunctionDeclaration|VariableDeclarator)$/.test(type) &&
    params !== undefined &&
    nodesOf(body).some(
      ({ type, arguments: [from, name] = [], object, computed, property }) =>
        (type === 'CallExpression' && isGlobal(from) && isFirst(name)) ||
        (type === 'MemberExpression' && isGlobal(object) && computed && isFirst(property)),
    )
  )
}

/** The names that a node reads of `globalThis`. */
function namesRead({ type, id, init, object, computed, property, callee, ...node }, readers) {
  if (type === 'MemberExpression' && isGlobal(object))
    return [computed ? property.value : property.name].filter(Boolean)
  if (type === 'VariableDeclarator' && isGlobal(init))
    return id.properties.map(({ key }) => key.name)
  if (type !== 'CallExpression') return []
  const [first, second] = node.arguments
  const name = isGlobal(first) ? second : readers.has(callee.name) ? first : undefined
  return name?.type === 'Literal' ? [name.value] : []
}
