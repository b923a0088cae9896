import { startPasskeys } from './passkey.mjs'

startPasskeys()
