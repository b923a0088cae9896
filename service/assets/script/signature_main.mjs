import { startPads } from './signature.mjs'

startPads()
