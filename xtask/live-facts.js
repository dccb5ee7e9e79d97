/**
 * What the service answered, as a page for people.
 *
 * @param {{ time: string, endpoint?: string, answers: object[], doctor: object[] }} report
 */
export function factsPage({ time, endpoint = 'the endpoint of the API page', answers, doctor }) {
  return `# What the live service answered

By \`cargo xtask live\` on ${time.slice(0, 10)}, from ${endpoint}.

## Orders

${table(
  ['order', 'status', 'CID', 'profile', 'cid_version', 'fileSize of size', 'orderID'],
  answers.map(({ name, responses = [], receipt = {}, error, size }) => [
    name,
    responses.map(({ status }) => status).join(' '),
    receipt.cid ?? error?.code ?? error?.message,
    receipt.profile,
    receipt.cid_version,
    `${receipt.fileSize} of ${size}`,
    receipt.orderID,
  ]),
)}

## What follows

${conclusions(answers)
  .map((line) => `- ${line}`)
  .join('\n')}

## Checks

${table(
  ['check', 'state', 'found'],
  doctor.map(({ check, state, found }) => [check, state, found]),
)}
`
}

function* conclude(answers) {
  const find = (name) => answers.find((answer) => answer.name === name) ?? {}
  for (const { name, receipt, cids, version } of answers) {
    if (!receipt) yield `${name}: no receipt.`
    else if (receipt.cid !== cids[version])
      yield `${name}: the CID is not ${cids[version]}, which was expected.`
  }
  const isExpected = ({ receipt, cids, version }) => receipt && receipt.cid === cids[version]
  if (answers.every(isExpected)) yield 'Every CID is that of the expected profile and version.'
  const [first, second] = [find('small, version 1'), find('small, version 1, once more')]
  if (first.receipt && second.receipt)
    yield first.receipt.orderID === second.receipt.orderID
      ? 'The same file twice has one orderID: it is probably charged once.'
      : 'The same file twice has two orderIDs: it is probably charged twice. The wallet tells.'
  const { receipt } = find('small, version 1, pin: false')
  if (receipt) {
    const { verified, profile, ...answered } = receipt
    yield `\`pin: false\` answers with ${Object.keys(answered).join(', ')}.`
  }
}

const conclusions = (answers) => [...conclude(answers)]

const cell = (value) => String(value ?? '').replace(/[|\r\n]+/g, ' ')

function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
