// node:test, with the names that INTAKE_BROWSER_ONLY asks for.
import { test } from 'node:test'

const only = process.env.INTAKE_BROWSER_ONLY

export function named(name, work) {
  if (!only || name.includes(only)) test(name, { timeout: 300000 }, work)
}
