// The services of this machine, one for each folder of lanes, and what two of them cannot have together. The lanes of a
// further folder, as those of a dead computer, get a service beside the first one.
import { join } from 'node:path'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { parsed } from '#base/pure/data/json.ts'
import { linkKey } from '#base/desk/process/link-lease.ts'
import {
  firstName,
  furtherName,
  packagedUnit,
  unitFileOf,
} from '#base/desk/service/service-names.ts'
import { folderKey, valueOf } from '#base/desk/service/windows-task.ts'

interface Asked {
  readonly platform: string
  read(path: string): string | null
  ask(command: readonly string[]): string | null
}

interface Installed {
  readonly name: string
  readonly dir: string
}

const dataWord = /"--data" "((?:[^"\\]|\\["\\])*)"/

function unitDir(name: string, { read }: Asked): string | null {
  const text = read(unitFileOf(name)) ?? (name === firstName ? read(packagedUnit) : null) ?? ''
  const quoted = dataWord.exec(text)?.[1] ?? null
  return quoted?.replaceAll('$$', '$').replaceAll('%%', '%').replaceAll(/\\(.)/g, '$1') ?? null
}

const listUnits = ['systemctl', 'list-unit-files', '--plain', '--no-legend', `${firstName}-*`]

function unitsHere(system: Asked): readonly Installed[] {
  const listed = system.ask(listUnits) ?? ''
  const names = [...listed.matchAll(/^(\S+)\.service\b/gm)].map(([, name = '']) => name)
  return [firstName, ...names].flatMap((name) => {
    const dir = unitDir(name, system)
    // Another program may have a unit of such a name.
    return dir === null || (name !== firstName && name !== furtherName(dir)) ? [] : [{ name, dir }]
  })
}

function tasksHere({ ask }: Asked): readonly Installed[] {
  const values = ask(['reg', 'query', folderKey]) ?? ''
  return [...values.matchAll(/^\s+(\S+)\s+REG_SZ\s+(.*\S)\s*$/gm)].map(
    ([, value = '', dir = '']) => {
      return { name: value === valueOf(firstName) ? firstName : value, dir }
    },
  )
}

/** The services of folders that `install` made here. */
export const installedServices = (system: Asked): readonly Installed[] =>
  system.platform === 'win32' ? tasksHere(system) : unitsHere(system)

/** The lot file as it is written; null: there is none, or no JSON. */
const lotIn = (dir: string, { read }: Asked): object | null => {
  const found = parsed(read(join(dir, 'lot.json')) ?? '')
  return typeof found === 'object' ? found : null
}

/** The service of a folder: the one it has, else the first one where that is free or its folder has no lot any more. */
export function serviceNameOf(dir: string, system: Asked): string {
  const all = installedServices(system)
  const first = all.find(({ name }) => name === firstName)
  const isFree = first === undefined || lotIn(first.dir, system) === null
  return all.find((one) => one.dir === dir)?.name ?? (isFree ? firstName : furtherName(dir))
}

interface LotThere {
  readonly lotId?: unknown
  readonly nodeId?: unknown
}
interface Listener {
  readonly host?: unknown
  readonly port?: unknown
}

const lanesOf = ({ lotId, nodeId }: LotThere): string => `${String(lotId)} ${String(nodeId)}`

interface Used {
  /** Where the lot file says it. */
  readonly field: string
  readonly value: string
  /** Equal in two lots: they cannot run together. */
  readonly key: string
}

/** Ports of this machine that take one program alone: serial, HID, printer, keys. */
const ownPort = /^(?:serial|hid|usblp|evdev):/

/** What a lot uses of the machine alone: the ports it listens on, and devices on ports of the machine. */
function usedBy(value: unknown, field = ''): readonly Used[] {
  if (typeof value === 'string' && ownPort.test(value))
    return [{ field, value, key: linkKey(value) }]
  if (typeof value !== 'object' || value === null) return []
  const { host, port } = value as Listener
  const isListener = /^\/(?:intake|published)$/.test(field) && typeof port === 'number'
  const own = {
    field: `${field}/port`,
    value: `${String(host)}:${String(port)}`,
    key: String(port),
  }
  return [
    ...(isListener ? [own] : []),
    ...Object.entries(value).flatMap(([name, inner]) => usedBy(inner, `${field}/${name}`)),
  ]
}

/**
 * Throws SERVICE-20 where another service starts the same lanes from another folder, and SERVICE-21 where it starts lanes that
 * use the same port of this machine.
 */
export function mustClashWithNone(dir: string, system: Asked): void {
  const ours: (LotThere & object) | null = lotIn(dir, system)
  for (const other of installedServices(system)) {
    const theirs: (LotThere & object) | null = lotIn(other.dir, system)
    if (other.dir === dir || ours === null || theirs === null) continue
    if (lanesOf(ours) === lanesOf(theirs))
      throw new LaneFault('SERVICE-20', { file: other.dir, value: lanesOf(ours) })
    const taken = new Map(usedBy(theirs).map((used) => [used.key, used]))
    for (const { key, field, value } of usedBy(ours)) {
      const there = taken.get(key)
      if (there === undefined) continue
      const [of, at] = [lanesOf(theirs), `${there.field} ${there.value}`]
      const note = t(`${other.dir} 的 ${of} 也用:${at}`, `${of} of ${other.dir} uses it too: ${at}`)
      throw new LaneFault('SERVICE-21', { file: join(dir, 'lot.json'), field, value, note })
    }
  }
}
