import { prepare } from './later.js'

prepare()
