import { startKeys } from './desk_keys.mjs'

startKeys()
