import { startLive } from './live.mjs'

startLive()
