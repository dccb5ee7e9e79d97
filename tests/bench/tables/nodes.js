import { newerNodes } from '../hosts.js'
import { ratioTables } from '../ratios.js'
import { TASKS, measureIn } from './pin.js'

export const title = 'Small pins in newer releases of Node'

export const about =
  'The first task of the table above, in newer releases of Node than the oldest that the package supports.'

export { peers } from './pin.js'

export const measure = () => measureIn(newerNodes, TASKS.slice(0, 1))

export const render = ratioTables
