// The order is a patient's, then the desk's; the day without a database comes last.
import { after, before } from 'node:test'

import { startBrowser, stopBrowser } from './browser.mjs'

before(startBrowser)
after(stopBrowser)

await import('./visit.mjs')
await import('./packet.mjs')
await import('./photos.mjs')
await import('./components.mjs')
await import('./pages.mjs')
await import('./sending.mjs')
await import('./keyboard.mjs')
await import('./script.mjs')
await import('./drawing.mjs')
await import('./weight.mjs')
await import('./desk.mjs')
await import('./billing.mjs')
await import('./accounts.mjs')
await import('./ways.mjs')
await import('./morning_list.mjs')
await import('./copies.mjs')
await import('./work_list.mjs')
await import('./manager.mjs')
await import('./hostile.mjs')
await import('./outage.mjs')
