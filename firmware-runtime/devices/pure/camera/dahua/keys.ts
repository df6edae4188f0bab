// Flat keys of Dahua texts: `Events[n].A.B[0]=value` lines, and the JSON of the other subscription. Both become one
// table of paths to texts (lane-devices.md 1.2); no value is parsed as a number here.

/** `TrafficCar.PlateNumber` to its text. */
export type Fields = ReadonlyMap<string, string>

const linesMax = 4_000
const fieldsMax = 2_000
const depthMax = 8
const valueCharsMax = 512

/** Events of a part, by their number; null when one event has two values for one key. */
export function eventsOfLines(text: string): Fields[] | null {
  const events = new Map<string, Map<string, string>>()
  const lines = text.split(/\r?\n/)
  if (lines.length > linesMax) return null
  for (const line of lines) {
    const m = /^\s*(?:Return)?Events\[(\d{1,3})\]\.([\w.[\]-]{1,200})=(.*)$/.exec(line)
    if (m === null) continue
    const [, number = '', path = '', value = ''] = m
    const event = events.get(number) ?? new Map<string, string>()
    const text = value.trim().slice(0, valueCharsMax)
    if ((event.get(path) ?? text) !== text) return null
    event.set(path, text)
    events.set(number, event)
  }
  return [...events.values()]
}

function flatten(value: unknown, path: string, depth: number, into: Map<string, string>): void {
  if (into.size >= fieldsMax || depth > depthMax) return
  if (Array.isArray(value)) {
    value.forEach((one, i) => flatten(one, `${path}[${i}]`, depth + 1, into))
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value))
      flatten(one, path === '' ? name : `${path}.${name}`, depth + 1, into)
  } else if (value !== null && value !== undefined)
    into.set(path, String(value).slice(0, valueCharsMax))
}

interface ManagedEvent {
  readonly code: string
  readonly action: string
  readonly fields: Fields
}

/** `Code=…;action=…;index=…;data={…}`; null when the text has another form, or its JSON is incomplete. */
export function managedEventOf(text: string): ManagedEvent | null {
  const m = /^\s*Code=([^;\r\n]{1,64});\s*action=([^;\r\n]{1,32})([^{]{0,200}?)(\{[\s\S]*)?$/.exec(
    text,
  )
  if (m === null) return null
  const [, code = '', action = '', , json] = m
  const fields = new Map<string, string>()
  if (json !== undefined) {
    try {
      const data: unknown = JSON.parse(json)
      flatten(data, '', 0, fields)
    } catch (error) {
      if (error instanceof SyntaxError) return null
      throw error
    }
  }
  return { code: code.trim(), action: action.trim(), fields }
}
