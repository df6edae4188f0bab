// Output of `mmcli -J`: the list of modems, one modem, its signal. All figures are texts, `--` means unknown. While
// ModemManager runs it owns the port: it is queried, and no AT commands are sent.
import { parsed } from '#base/pure/data/json.ts'
import { within, type Cell } from '../at/cells.ts'

/** Signal rate in seconds: ModemManager measures only after a rate was set. */
export const signalRateSec = 1

export const mmcliArgs = {
  list: ['-L', '-J'],
  modem: (index: number) => ['-m', String(index), '-J'],
  rate: (index: number, sec: number) => ['-m', String(index), `--signal-setup=${sec}`],
  signal: (index: number) => ['-m', String(index), '--signal-get', '-J'],
} as const

function memberOf(value: unknown, ...names: readonly string[]): unknown {
  let found = value
  for (const name of names) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = Reflect.get(found, name)
  }
  return found
}

/** Numbers of the modems, from their object paths; null: the text is not the list. */
export function modemsIn(text: string): readonly number[] | null {
  const list = memberOf(parsed(text), 'modem-list')
  if (!Array.isArray(list)) return null
  const all: readonly unknown[] = list
  return all.flatMap((path) => {
    const index = typeof path === 'string' ? /\/Modem\/(\d{1,4})$/.exec(path)?.[1] : undefined
    return index === undefined ? [] : [Number(index)]
  })
}

interface ModemFacts {
  /** `registered`, `searching`, `connected` ...; null: not stated. */
  readonly state: string | null
  readonly operator: string | null
  readonly technologies: readonly string[]
}

const word = (value: unknown): string | null =>
  typeof value === 'string' && value !== '--' && value !== '' ? value.slice(0, 80) : null

export function factsIn(text: string): ModemFacts | null {
  const modem = memberOf(parsed(text), 'modem')
  if (modem === undefined) return null
  const named: unknown = memberOf(modem, 'generic', 'access-technologies')
  const technologies: readonly unknown[] = Array.isArray(named) ? named : []
  return {
    state: word(memberOf(modem, 'generic', 'state')),
    operator: word(memberOf(modem, '3gpp', 'operator-name')),
    technologies: technologies.flatMap((one) => word(one) ?? []),
  }
}

export interface MmSignal {
  /** Null: no technology has a figure. */
  readonly cell: Cell | null
  /** The rate set before; 0: nothing is measured. */
  readonly rateSec: number | null
}

const number = (value: unknown): number | null =>
  typeof value === 'string' && /^-?\d{1,4}(?:\.\d{1,6})?$/.test(value) ? Number(value) : null

function cellIn(signal: unknown, name: string, technology: Cell['technology']): Cell | null {
  const figure = (of: string): number | null => number(memberOf(signal, name, of))
  const cell = {
    technology,
    rsrpDbm: within('rsrpDbm', figure('rsrp')),
    rsrqDb: within('rsrqDb', figure('rsrq')),
    sinrDb: within('sinrDb', figure('snr')),
    rssiDbm: within('rssiDbm', figure('rssi')),
  }
  return cell.rsrpDbm === null && cell.sinrDb === null ? null : cell
}

/** LTE before 5G, as with an anchor cell; null: the text is not a signal. */
export function signalIn(text: string): MmSignal | null {
  const signal = memberOf(parsed(text), 'modem', 'signal')
  if (signal === undefined) return null
  const [lte, nr] = [cellIn(signal, 'lte', 'LTE'), cellIn(signal, '5g', 'NR')]
  const cell = lte !== null && nr !== null ? { ...lte, technology: 'EN-DC' as const } : (lte ?? nr)
  return { cell, rateSec: number(memberOf(signal, 'refresh', 'rate')) }
}
