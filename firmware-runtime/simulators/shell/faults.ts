// The fault engine of a simulator: faults as data, with hit counts (contract.md section 6).
// Pure: at each named place a simulator calls `decide`, once before the effect and once after it.
import { membersOf, refuse, type Members } from './members.ts'

export type FaultWhen = 'before' | 'after'

export const faultActions = [
  'drop',
  'delay',
  'duplicate',
  'flip',
  'cut',
  'status',
  'forge',
  'reorder',
  'silence',
  'reboot',
  'unplug',
] as const

/** What goes wrong. Simulators may add actions, for example `stuck` of a barrier. */
export interface FaultAction {
  readonly do: string
  readonly ms: number
  readonly bits: number
  readonly status: number
}

export interface FaultRule extends FaultAction {
  /** Name of the place: a frame (`B5`), a request (`POST /v1/etc/exit-charges`), `link`, `push`. */
  readonly at: string
  readonly when: FaultWhen
  /** Number of passes before the first hit. */
  readonly skip: number
  /** Number of hits; 0: until it is deleted. */
  readonly times: number
  /** The only channel that it hits; absent: all channels. */
  readonly appId?: string
}

interface FaultReport extends FaultRule {
  readonly id: number
  /** Number of passes since the fault was set. */
  readonly seen: number
  readonly hits: number
}

export interface FaultEngine {
  /** Adds faults, all or none, and returns their ids. Throws ARG-01 with the wrong member. */
  add(input: unknown): number[]
  /** True while no fault is set. */
  readonly isEmpty: boolean
  /** The action of the first matching fault, counted as a hit; `asker` returns the channel of the request. */
  decide(at: string, when: FaultWhen, asker?: () => string | null): FaultAction | null
  /** Checks one fault without adding it, for a simulator that applies it at once. */
  check(input: unknown): FaultRule
  list(): FaultReport[]
  clear(): void
}

export interface FaultEngineOptions {
  /** Actions of this simulator beside those of the contract. */
  readonly moreActions?: readonly string[]
  /** Names allowed in `at`; without it any text is allowed. */
  readonly places?: readonly string[]
  /** Further names that cannot be listed (the platform: method and path). */
  readonly isPlace?: (at: string) => boolean
  /** Allows faults for one channel, except these actions, which hit every connected client. */
  readonly ofAllAlone?: readonly string[]
}

/** More faults than this are a mistake of the caller. */
const rulesMax = 1000
const msMax = 86_400_000

function count(input: Members, field: string, otherwise: number, max: number, min = 0): number {
  const value = input[field] ?? otherwise
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
    throw refuse(field, value, `a whole number from ${min} to ${max}`)
  }
  return value
}

function ruleOf(
  input: unknown,
  actions: ReadonlySet<string>,
  { places, isPlace, ofAllAlone }: FaultEngineOptions,
): FaultRule {
  const from = membersOf(input, 'a fault is an object')
  const { at, when = 'before', do: action } = from
  if (typeof at !== 'string' || at === '' || at.length > 200) throw refuse('at', at, 'a place')
  // A fault at an unknown place would never hit, and its test would prove nothing.
  const known = (places === undefined && isPlace === undefined) || (places?.includes(at) ?? false)
  if (!known && isPlace?.(at) !== true) {
    throw refuse('at', at, `one of ${[...new Set(places)].join(' ')}`)
  }
  if (when !== 'before' && when !== 'after') throw refuse('when', when, 'before or after')
  if (typeof action !== 'string' || !actions.has(action)) {
    throw refuse('do', action, `one of ${[...actions].join(' ')}`)
  }
  const { appId } = from
  if (appId !== undefined && appId !== '') {
    const shape = /^[A-Za-z0-9]{1,32}$/
    if (ofAllAlone === undefined || typeof appId !== 'string' || !shape.test(appId))
      throw refuse('appId', appId, 'a channel')
    if (ofAllAlone.includes(action)) throw refuse('do', action, 'meets every channel')
  }
  const rule: FaultRule = {
    at,
    when,
    do: action,
    skip: count(from, 'skip', 0, 1e9),
    times: count(from, 'times', 1, 1e9),
    ms: count(from, 'ms', 0, msMax),
    bits: count(from, 'bits', 0, 4096),
    status: count(from, 'status', 503, 599, 200),
    ...(typeof appId === 'string' && appId !== '' ? { appId } : {}),
  }
  return rule
}

export function createFaultEngine(options: FaultEngineOptions = {}): FaultEngine {
  const actions = new Set<string>([...faultActions, ...(options.moreActions ?? [])])
  let rules: { rule: FaultRule; id: number; seen: number; hits: number }[] = []
  let lastId = 0
  return {
    get isEmpty() {
      return rules.length === 0
    },
    add(input) {
      const list: readonly unknown[] = Array.isArray(input) ? input : [input]
      const checked = list.map((one) => ruleOf(one, actions, options))
      if (rules.length + checked.length > rulesMax) throw refuse('', list.length, 'too many faults')
      return checked.map((rule) => {
        rules.push({ rule, id: ++lastId, seen: 0, hits: 0 })
        return lastId
      })
    },
    decide(at, when, asker) {
      if (rules.length === 0) return null
      let action: FaultAction | null = null
      for (const row of rules) {
        if (row.rule.at !== at || row.rule.when !== when) continue
        if (row.rule.appId !== undefined && row.rule.appId !== asker?.()) continue
        row.seen++
        const spent = row.rule.times > 0 && row.hits >= row.rule.times
        // Every fault counts every pass, so `skip` means the same with and without other faults.
        if (action || spent || row.seen <= row.rule.skip) continue
        row.hits++
        action = { do: row.rule.do, ms: row.rule.ms, bits: row.rule.bits, status: row.rule.status }
      }
      return action
    },
    check: (input) => ruleOf(input, actions, options),
    list: () => rules.map(({ rule, id, seen, hits }) => ({ ...rule, id, seen, hits })),
    clear() {
      rules = []
    },
  }
}
