// Mutants of source files, made by the instrumenter of StrykerJS, each behind a switch in one text.
// Its packages are installed only by `npm run test:mutation`; nothing is written to the checkout.
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { repository } from './rooms.ts'

interface Place {
  readonly line: number
  readonly column: number
}

export interface Mutant {
  readonly id: string
  /** Path relative to the repository. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly mutator: string
  readonly original: string
  readonly replacement: string
  /** Offset of the replaced text in the file. */
  readonly from: number
  readonly to: number
}

interface MadeMutant {
  readonly id: string
  readonly fileName: string
  readonly mutatorName: string
  readonly replacement: string
  readonly location: { readonly start: Place; readonly end: Place }
}

interface Instrumenter {
  instrument(
    files: readonly { name: string; mutate: true; content: string }[],
    options: object,
  ): Promise<{
    readonly files: readonly { readonly name: string; readonly content: string }[]
    readonly mutants: readonly MadeMutant[]
  }>
}

const packaged = join(
  repository,
  'installers/dev/mutation/node_modules/@stryker-mutator/instrumenter/dist/src/index.js',
)
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  isDebugEnabled: () => false,
}

function offsetOf(text: string, { line, column }: Place): number {
  let at = 0
  for (let n = 0; n < line; n++) at = text.indexOf('\n', at) + 1
  return at + column
}

export interface Mutated {
  readonly mutants: readonly Mutant[]
  /** Instrumented texts by the file's URL. */
  readonly sources: Readonly<Record<string, string>>
}

/**
 * The instrumenter prints `(a as number) | b` without its brackets, which makes `| b` part of the type: such code has
 * to be written differently. The error names the file; otherwise the whole folder would just not load.
 */
function mustBeReadable(name: string, content: string): void {
  try {
    stripTypeScriptTypes(content)
  } catch (error) {
    throw new Error(`${name} cannot be read with its mutants in it: ${String(error)}`)
  }
}

export async function mutate(paths: readonly string[]): Promise<Mutated> {
  const library = (await import(pathToFileURL(packaged).href)) as {
    Instrumenter: new (log: typeof silent) => Instrumenter
  }
  const texts = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]))
  const made = await new library.Instrumenter(silent).instrument(
    [...texts].map(([name, content]) => ({ name, mutate: true, content })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  )
  for (const { name, content } of made.files) mustBeReadable(name, content)
  const mutants = made.mutants.map((m): Mutant => {
    const text = texts.get(m.fileName) ?? ''
    const from = offsetOf(text, m.location.start)
    const to = offsetOf(text, m.location.end)
    return {
      id: m.id,
      file: relative(repository, m.fileName).replaceAll('\\', '/'),
      line: m.location.start.line + 1,
      column: m.location.start.column + 1,
      mutator: m.mutatorName,
      original: text.slice(from, to),
      replacement: m.replacement,
      from,
      to,
    }
  })
  const sources = made.files.map(({ name, content }) => [pathToFileURL(name).href, content])
  return { mutants, sources: Object.fromEntries(sources) as Record<string, string> }
}
