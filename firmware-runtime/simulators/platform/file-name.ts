// Parses the name of a file that a lot sent (9.3.5, P10) by the second reading of the page, from its right end:
// service, type, command, mark, appId and time. A wrong part is refused by its name.
import { compactOf, type InstantMs } from '#base/pure/values/instant.ts'
import { refuse, type Outcome } from './answers.ts'
import { windowMs } from './envelope.ts'

interface Due {
  /** The present time: a name of later than the window is wrong. */
  readonly clockMs: InstantMs
  /** Service, type and command. */
  readonly words: readonly [string, string, string]
  readonly appId: string
}

const isStamp = (time: string): boolean => {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{3}$/.exec(time) ?? []
  if (s === undefined) return false
  const iso = `${y}-${mo}-${d}T${h}:${mi}:${s}.000Z`
  const ms = Date.parse(iso)
  // An invalid day would roll over into the next month.
  return !Number.isNaN(ms) && new Date(ms).toISOString() === iso
}

/** The time part, or a 200011 refusal with the wrong part and its value. */
export function requestStamp(
  name: string,
  { words, appId, clockMs }: Due,
): { readonly time: string } | { readonly wrong: Outcome } {
  const [service, type, command] = words
  const wrong = (part: string, value: string, rule: string) => ({
    wrong: refuse('200011', `/aad/${part}`, value.slice(0, 80), rule),
  })
  if (!name.endsWith('.json')) return wrong('suffix', name.slice(-20), '.json')
  const all = name.slice(0, -'.json'.length).split('_')
  const [time = '', own = '', mark = ''] = all.slice(-3).toReversed()
  if (!isStamp(time)) return wrong('time', time, 'yyyyMMddHHmmssSSS')
  if (time > compactOf(clockMs + windowMs)) return wrong('time', time, 'later than now')
  if (own !== appId) return wrong('appId', own, appId)
  if (mark !== 'REQ') return wrong('mark', mark, 'REQ')
  const [first = '', second = '', third = '', ...more] = all.slice(0, -3)
  if (more.length > 0) return wrong('service', all.slice(0, -3).join('_'), 'three words')
  if (first !== service) return wrong('service', first, service)
  if (second !== type) return wrong('type', second, type)
  return third === command ? { time } : wrong('command', third, command)
}
