// Reads QR codes from a page with an independent decoder: poppler renders the PDF, zbar reads the picture.
// Uses no knowledge of how our codes are made; a receipt's code is checked by the page's program.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Resolution of a good office printer. */
const dotsPerInch = 300
/** zbarimg's exit code for a picture without a code. */
const nothingFound = 4

function tool(name: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8' })
  if (status !== 0 && !(name === 'zbarimg' && status === nothingFound))
    throw new Error(`${name} ended with ${status}: ${stderr}`)
  return stdout
}

export const codesInPicture = (file: string): readonly string[] =>
  tool('zbarimg', '--quiet', '--nodbus', '--raw', '-Sdisable', '-Sqrcode.enable', file)
    .split('\n')
    .filter((text) => text !== '')

/** Page by page, in the order of the pages. */
export function codesInPdf(file: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'etc-codes-'))
  try {
    tool('pdftoppm', '-r', String(dotsPerInch), '-gray', file, join(folder, 'page'))
    return readdirSync(folder)
      .toSorted()
      .flatMap((name) => codesInPicture(join(folder, name)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The 60 lines of Python in docs/receipt-format.md. */
export const [, receiptProgram = ''] =
  /```python\n([^`]*)```/.exec(readFileSync('docs/receipt-format.md', 'utf8')) ?? []

/** Their output for this text; throws their message when they refuse it. */
export const checkedByPage = (keyFile: string, text: string): string =>
  tool('python3', '-c', receiptProgram, keyFile, text)
