// The text that pdf.js finds in a PDF, lines as it breaks them: node pdfjs_text.mjs FOLDER FILE, where FOLDER has
// node_modules/pdfjs-dist (npm install pdfjs-dist@4).
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [folder, file] = process.argv.slice(2)
const library = `${folder}/node_modules/pdfjs-dist/legacy/build/pdf.mjs`
const { getDocument } = await import(pathToFileURL(library))
const loading = getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 })
const pdf = await loading.promise
for (let number = 1; number <= pdf.numPages; ++number) {
  const page = await pdf.getPage(number)
  // As it was written: without this pdf.js takes compatibility equivalents.
  const { items } = await page.getTextContent({ disableNormalization: true })
  for (const item of items) process.stdout.write(item.str + (item.hasEOL ? '\n' : ''))
}
