import { parse } from 'acorn'

/**
 * The names of the globals that a module touches: identifiers that it does not declare, and what it
 * reads of `globalThis`, by a dot, by destructuring, or by a name that a function is called with.
 *
 * @param {string} source
 * @returns {string[]} sorted
 */
export function globalsOf(source) {
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module' })
  const readers = new Set([...everyNode(program)].filter(isReader).map(({ id }) => id.name))
  const found = new Set()
  visit(program, [], (node, scopes) => {
    if (node.type === 'Identifier' && !scopes.some((scope) => scope.has(node.name)))
      found.add(node.name)
    for (const name of namesRead(node, readers)) found.add(name)
  })
  for (const name of ['arguments', 'undefined']) found.delete(name)
  return [...found].sort()
}

const isGlobal = (node) => node?.type === 'Identifier' && node.name === 'globalThis'
const isFunction = ({ type }) => /Function/.test(type)

/** `const has = (name) => get(globalThis, name) !== undefined`. */
function isReader({ type, init }) {
  if (type !== 'VariableDeclarator' || !init || !isFunction(init)) return false
  const [name] = init.params
  return [...everyNode(init.body)].some(
    (node) =>
      node.type === 'CallExpression' &&
      isGlobal(node.arguments[0]) &&
      node.arguments[1]?.type === 'Identifier' &&
      node.arguments[1].name === name?.name,
  )
}

/** The names that a node reads of `globalThis`. */
function namesRead(node, readers) {
  if (node.type === 'MemberExpression' && isGlobal(node.object))
    return [node.computed ? node.property.value : node.property.name]
  if (node.type === 'VariableDeclarator' && isGlobal(node.init))
    return namesIn(node.id, ({ key }) => key)
  if (node.type !== 'CallExpression') return []
  const [first, second] = node.arguments
  const name = isGlobal(first) ? second : readers.has(node.callee.name) ? first : undefined
  return name?.type === 'Literal' ? [name.value] : []
}

/** Visits a node and all in it, with the scopes that each is in: sets of the names declared there. */
function visit(node, scopes, look) {
  look(node, scopes)
  const inner = OPENS.test(node.type) ? [declared(node), ...scopes] : scopes
  for (const child of children(node)) visit(child, inner, look)
}

const OPENS =
  /^(Program|BlockStatement|StaticBlock|For.*|CatchClause|Class.*|SwitchStatement|.*Function.*)$/

function declared(node) {
  const names = [node.param, node.id, ...(node.params ?? [])].flatMap((each) => namesIn(each))
  if (isFunction(node) || node.type === 'Program') names.push(...hoisted(node))
  const { body, init, left, cases = [] } = node
  const inside = [body, init, left, ...cases.map(({ consequent }) => consequent)].flat()
  for (const each of inside) names.push(...namesOf(each))
  return new Set(names)
}

/** What `var` declares anywhere in a function. */
function* hoisted(node) {
  for (const child of children(node)) {
    if (child.type === 'VariableDeclaration' && child.kind === 'var') yield* namesOf(child)
    if (!isFunction(child)) yield* hoisted(child)
  }
}

/** The names that a statement declares. */
function namesOf(node) {
  if (!node) return []
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => namesIn(id))
  if (node.type === 'ImportDeclaration') return node.specifiers.map(({ local }) => local.name)
  if (/^Export.*Declaration$/.test(node.type)) return namesOf(node.declaration)
  return /^(Function|Class)Declaration$/.test(node.type) ? namesIn(node.id) : []
}

/** The names in a pattern. */
function namesIn(pattern, part = ({ value }) => value) {
  if (!pattern) return []
  const { type, name, properties, elements, left, argument } = pattern
  if (type === 'Identifier') return [name]
  const inside = properties?.map((each) => (each.type === 'Property' ? part(each) : each))
  return [inside, elements, left, argument].flat().flatMap((each) => namesIn(each, part))
}

function* everyNode(node) {
  yield node
  for (const child of children(node)) yield* everyNode(child)
}

/** The children of a node but the mere names of properties, labels, imports and exports. */
function children(node) {
  if (/^(Import(?!Expression)|ExportSpecifier|MetaProperty|Break|Continue)/.test(node.type))
    return []
  const isNamed =
    !node.computed && /^(Property|MethodDefinition|PropertyDefinition)$/.test(node.type)
  const name = isNamed ? 'key' : node.type === 'MemberExpression' && !node.computed && 'property'
  return Object.entries(node)
    .filter(([key]) => key !== name && key !== 'label')
    .flatMap(([, value]) => value)
    .filter((value) => typeof value?.type === 'string')
}
