// Joins modules into the one file that a page loads: node bundle.mjs OUTPUT MODULE..., each after those that it imports;
// NAME=MODULE says what the others call its default export.
// The modules share one scope then, so imports and the word "export" go; a name used twice is a syntax error that the check
// at the end finds. Comments of whole lines go too, but for licences.
import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

const [output, ...modules] = process.argv.slice(2)

function textOf(module) {
  const [, name, path] = /^(?:(\w+)=)?(.*)$/.exec(module)
  return readFileSync(path, 'utf8')
    .replace(/export ?\{ ?([\w$]+) as default ?\};?/, `\nconst ${name} = $1\n`)
    .replace(/^import [^'"]*['"][^'"]+['"];?\n/gm, '')
    .replace(/^export (default )?/gm, '')
    .replace(/^\/\/# sourceMappingURL=.*\n?/gm, '')
    .replace(/^ *\/\/.*\n/gm, '')
}

const text = modules.map(textOf).join('')
const left = /^(?:import|export)\b.*$/m.exec(text)
if (left) throw new Error(`${output}: not joined: ${left[0]}`)
// Checked as the module that it is, where a name may be used once only.
const draft = output + '.mjs'
writeFileSync(draft, text)
execFileSync(process.execPath, ['--check', draft], { stdio: 'inherit' })
renameSync(draft, output)
