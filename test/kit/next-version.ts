// A next version of the built program, for tests of updates: the lanes as a release lays them out, with another version and
// build, if asked for a schema more, and with an error that its makers would have made. Packed like a release.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layLinuxLanes, makeArchive } from '../../installers/lane/archive.mjs'
import { builtId } from '../../installers/dev/build-id.mjs'
import type { Published } from './signed-release.ts'

interface Change {
  /** Text that the built program has once. */
  readonly at: string
  readonly becomes: string
}

/** The first line of the program, before anything is loaded. */
const first = (text: string): Change => ({
  at: 'async function begin(){',
  becomes: `${text};async function begin(){`,
})
const isRun = 'process.argv[2]===`run`'
const isTry = 'process.argv[2]===`update`&&process.argv[3]===`try`'
const die = 'process.kill(process.pid,`SIGKILL`)'

/** In the writer of the ledger, before and behind the transaction. */
const chained = 'const rows=this.#chain(drafts)'
const has = (kind: string): string => `drafts.some(draft=>draft.kind===\`${kind}\`)`
const beforeRows = (text: string): Change => ({ at: chained, becomes: `${text};${chained}` })

/** What a version can do wrong. A dry start sees those of `try`, and a trial the others. */
const plants = {
  tryCrashes: first(`if(${isTry})${die}`),
  tryHangs: first(`if(${isTry}){process.on(\`SIGTERM\`,()=>0);for(;;);}`),
  tryReadsOtherSum: {
    at: 'paidFen:verdict.sums.paidFen+verdict.sums.takenFen',
    becomes: 'paidFen:verdict.sums.paidFen+verdict.sums.takenFen+1',
  },
  /** At once at each start of the lanes. */
  start: first(`if(${isRun})${die}`),
  /** A second after its first car came in. */
  firstCar: beforeRows(`if(${has('stayOpened')})setTimeout(()=>${die},1e3)`),
  /** Its own error when a car comes in: the row of that car is refused, and all rows after it. */
  writes: {
    at: 'try{if(opens!==null&&!this.#parts.db.isTransaction)',
    becomes: `try{if(${has('stayOpened')})throw new Error(\`planted\`);if(opens!==null&&!this.#parts.db.isTransaction)`,
  },
  /** Its own error when a car is to be charged; other rows are written. */
  charge: beforeRows(`if(${has('intent')})throw new TypeError(\`planted\`)`),
} satisfies Record<string, Change>

const newSchema = (text: string): Change => {
  const at = /var migrations=\[[^\]]*/.exec(text)?.[0] ?? 'var migrations=['
  const count = at.split(',').length
  const sql = 'CREATE INDEX next_version_of ON ledger_row (kind, atMs)'
  return { at, becomes: `${at},{version:${count + 1},name:\`next\`,up:[\`${sql}\`]}` }
}

export interface NextVersion {
  /** How many commits after the built program; 1 or more. */
  readonly ahead?: number
  readonly build?: string
  /** One harmless migration more. */
  readonly newSchema?: boolean
  readonly plant?: keyof typeof plants
  /** The Node of the package; absent: a script that calls the Node of the test, which is packed in a moment. */
  readonly nodeBinary?: string
  /** Absent: this one. For Windows with its Node. */
  readonly system?: 'win32-x64'
  /** Without the fonts of papers, half of the archive, which no lane reads. */
  readonly small?: boolean
}

const isCode = (name: string): boolean => name.endsWith('.mjs')

/** Makes a change in the one file that has its place; throws where none has it, or more than one. */
function change(runtime: string, changeOf: (text: string) => Change): void {
  const found = readdirSync(runtime)
    .filter(isCode)
    .map((name) => ({ file: join(runtime, name), text: readFileSync(join(runtime, name), 'utf8') }))
    .filter(({ text }) => text.split(changeOf(text).at).length === 2)
  const [one] = found
  if (one === undefined || found.length > 1)
    throw new Error(`${found.length} files of the built program have: ${changeOf('').at}`)
  const { at, becomes } = changeOf(one.text)
  writeFileSync(
    one.file,
    one.text.replace(at, () => becomes),
  )
}

/** Packs it into `out`. Needs a built program in dist/. */
export async function nextVersion(out: string, next: NextVersion = {}): Promise<Published> {
  const { ahead = 1, build = 'next', newSchema: isNewer = false, plant, nodeBinary, small } = next
  const own = builtId()
  const [major, minor, number] = own.version.split('.')
  const version = `${major}.${minor}.${Number(number) + ahead}`
  const system = next.system ?? `${process.platform}-${process.arch}`
  const script = join(out, 'node-of-the-test')
  writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 })
  const archive = await makeArchive(out, {
    system,
    version,
    quick: true,
    lay(folder) {
      // For Windows with one file too many.
      layLinuxLanes(folder, { system, nodeBinary: nodeBinary ?? script })
      const runtime = join(folder, 'dist', 'runtime')
      if (small === true) rmSync(join(runtime, 'report'), { recursive: true })
      writeFileSync(join(runtime, 'build.json'), `${JSON.stringify({ version, build })}\n`)
      change(runtime, () => ({
        at: `var{version,build}={"version":\`${own.version}\`,"build":\`${own.build}\`}`,
        becomes: `var{version,build}={"version":\`${version}\`,"build":\`${build}\`}`,
      }))
      if (isNewer) change(runtime, newSchema)
      if (plant !== undefined) change(runtime, () => plants[plant])
    },
  })
  return { version, build, archive, system }
}
