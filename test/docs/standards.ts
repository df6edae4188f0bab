// What the three standards beside the repository (../shared/seeds) ask for, item by item: every lettered or numbered item,
// every clause without such items, every row of a table and every figure, under the name that docs/coverage.json uses.
import { existsSync, readFileSync } from 'node:fs'
import type { CoverageTable } from './coverage-block.ts'

const folder = new URL('../../../shared/seeds/', import.meta.url)
export const noSeeds = !existsSync(folder)

export interface Standard {
  readonly id: CoverageTable['id']
  readonly file: string
  read(text: string): Items
}

export interface Items {
  /** Each needs a row of coverage. */
  readonly asked: readonly string[]
  /** Numbered clauses; a row may also name one of these as a whole. */
  readonly headings: readonly string[]
}

/** Devices of table A.3 as printed in its first column, and the kinds of the product. */
const kindsOfA3: Readonly<Record<string, string>> = {
  路侧车牌识别摄像机: 'roadside-camera',
  高位视频摄像机: 'high-camera',
  地磁检测器: 'geomagnetic',
  'ETC 识别桩': 'etc-pile',
  'ETC 手持机': 'handheld',
  授时设备: 'time-server',
  巡检车: 'patrol-car',
  安全岛: 'safety-island',
  '触发线圈/落杆线圈': 'loop',
}
/** Parameters that the scan moved into the first column of table A.3: each is a row of the device above it. */
const movedLeft: Readonly<Record<string, string>> = {
  雷击: 'last row of the pile, printed in the second column',
  'PSAM 卡': 'last row of the handheld, printed in the second column',
}

/** The name of a table's row; `at` counts the rows of a table, or of a device of table A.3. */
class TableRows {
  readonly rows: string[] = []
  private table: string | null = null
  private hasHead = false
  private device = ''
  private at = 0

  begin(table: string): void {
    this.table = table
    this.hasHead = false
    this.at = 0
  }

  /** True for a line of the table. */
  take(line: string): boolean {
    if (this.table === null) return false
    if (line === '') {
      if (this.hasHead) this.table = null
      return true
    }
    if (!this.hasHead) this.hasHead = true
    else this.add(this.table, line)
    return true
  }

  private add(table: string, line: string): void {
    // A note below the rows belongs to the table, and is no row of it.
    if (line.startsWith('注')) return
    const [first = ''] = line.split('\t')
    if (table !== 'A.3') return this.push(`Table ${table}`)
    if (first !== '' && movedLeft[first] === undefined) {
      const kind = kindsOfA3[first]
      if (kind === undefined) throw new Error(`table A.3: no device is called ${first}`)
      this.device = kind
      this.at = 0
    }
    this.push(`Table A.3 ${this.device}`)
  }

  private push(of: string): void {
    this.at++
    this.rows.push(`${of} row ${this.at}`)
  }
}

/** Clauses that state nothing to be met: scope, references, terms, abbreviations. */
const firstAsking = 5

/** Items by clause; the last level counts: a clause with letters, or a letter with numbers, is not asked for itself. */
function lastOf(headings: readonly string[], items: readonly string[]): string[] {
  const named = [...headings.filter((one) => !(Number(one.split('.')[0]) < firstAsking)), ...items]
  const isParent = (one: string): boolean =>
    named.some((other) => other.startsWith(`${one} `) || other.startsWith(`${one}.`))
  return named.filter((one) => !isParent(one))
}

interface Shapes {
  readonly heading: RegExp
  readonly letter: RegExp
  readonly number: RegExp
}

function clausesAndTables(text: string, { heading, letter, number }: Shapes): Items {
  const tables = new TableRows()
  const headings: string[] = []
  const items: string[] = []
  const figures: string[] = []
  let clause = ''
  let lettered = ''
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd()
    if (tables.take(line)) continue
    const told = line.trimStart()
    const table = /^表 ([A-Z]\.\d+)\s/.exec(told)?.[1]
    const figure = /^图 ?([A-Z]\.\d+|\d+) +\S/.exec(told)?.[1]
    if (table !== undefined) tables.begin(table)
    if (figure !== undefined) figures.push(`Figure ${figure}`)
    clause = heading.exec(told)?.[1] ?? clause
    if (clause !== '' && headings.at(-1) !== clause) headings.push(clause)
    const a = letter.exec(told)?.[1]
    if (a !== undefined) {
      lettered = `${clause} ${a}`
      items.push(lettered)
    }
    const n = number.exec(told)?.[1]
    if (n !== undefined) items.push(`${lettered} ${n}`)
  }
  return { asked: [...lastOf(headings, items), ...tables.rows, ...figures], headings }
}

/** From the first clause on: a table of contents has the same headings. */
const from = (text: string, first: string): string => text.slice(text.indexOf(`\n${first}`))

const never = /(?!)/

/** An interpretation in prose: its sections (一) to (九), the annexes it lists, and its figure. */
function interpretation(text: string): Items {
  const body = text.slice(text.indexOf('二、主要内容'), text.indexOf('三、附则'))
  const digits = '一二三四五六七八九'
  const sections = [...body.matchAll(/^（([一二三四五六七八九])）/gm)].map(
    ([, digit = '']) => `II (${digits.indexOf(digit) + 1})`,
  )
  const annexes = [...body.matchAll(/^(\d)\. ?附录 [A-Z]/gm)].map(([, n]) => `II (9) ${n}`)
  const figures = [...body.matchAll(/^图 (\d) +\S/gm)].map(([, n]) => `Figure ${n}`)
  return { asked: [...lastOf([], [...sections, ...annexes]), ...figures], headings: sections }
}

export const standards: readonly Standard[] = [
  {
    id: 'guangxi',
    file: '001_06c673748bb4d997.txt',
    read: (text) =>
      clausesAndTables(from(text, '1 范围\n'), {
        heading: /^(\d+(?:\.\d+)*) \S/,
        letter: /^- ([a-z])\) /,
        number: never,
      }),
  },
  {
    id: 'liaoning',
    file: '000_fe05a18320b2f66a.txt',
    read: (text) =>
      clausesAndTables(from(text, '1 范围'), {
        heading: /^((?:\d+|A)(?:\.\d+)*) \S/,
        letter: /^([a-z])\) /,
        number: /^(\d)\) /,
      }),
  },
  { id: 'shenzhen', file: '004_184487fb46d7f9b7.txt', read: interpretation },
]

export const itemsOf = ({ file, read }: Standard): Items =>
  read(readFileSync(new URL(file, folder), 'utf8'))
