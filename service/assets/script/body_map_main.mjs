import { startBodyMaps } from './body_map.mjs'

startBodyMaps()
