// node:test, with the names that INTAKE_BROWSER_ONLY asks for.
import { test } from 'node:test'

const only = process.env.INTAKE_BROWSER_ONLY
// What a test's name does not say a language of is the same in all of them, and runs with English.
const english = process.env.INTAKE_LANGUAGES.split(' ').includes('en')

const wanted = (name) => (!only || name.includes(only)) && (english || /^(es|ht): /.test(name))

export function named(name, work) {
  if (wanted(name)) test(name, { timeout: 300000 }, work)
}
