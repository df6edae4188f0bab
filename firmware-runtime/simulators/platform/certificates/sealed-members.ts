// Opens sealed members (P8, P14) before they are judged. By the page, personal data and frames are always sealed,
// vehicle ids when this platform requires it; lots may seal vehicle ids voluntarily.
import { refuse, type Outcome } from '../answers.ts'
import type { Members } from '../records/members.ts'

const person: readonly string[] = [
  'staffName',
  'contact',
  'ownerName',
  'phone',
  'idNo',
  'bankCardNo',
]
const charge = ['vehiclePlate', 'obuId', 'obuPlate', 'etcCardId', 'cardPlate']
const always: Readonly<Record<string, readonly string[]>> = {
  'POST /v1/etc/exceptions': ['rawFrames'],
}
const vehicle: Readonly<Record<string, readonly string[]>> = {
  'POST /v1/etc/exit-charges': charge,
  'POST /v1/records/exits': charge,
  'POST /v1/etc/consumptions': ['vehiclePlate', 'obuId', 'etcCardId'],
  'POST /v1/etc/exceptions': ['vehiclePlate', 'obuId', 'etcCardId'],
  'POST /v1/records/entries': ['vehiclePlate'],
  'POST /v1/records/plates': ['vehiclePlate'],
  'POST /v1/status-list/check': ['no'],
  'POST /v1/etc/vehicle-info/decrypt': ['obuId'],
}

interface Asked {
  /** Route name. */
  readonly route: string
  readonly members: Members
  /** Header Etc-Serial; absent: nothing is sealed. */
  readonly serial: string | undefined
  readonly wantsVehicleIds: boolean
  open(serial: string, base64: string): string | null
}

type Opened =
  | { readonly members: Members; readonly isSealed: boolean }
  | { readonly wrong: Outcome }

/** A text, or each text of a list; null when one does not open. */
function openedValue(value: unknown, open: (base64: string) => string | null): unknown {
  if (value === '') return value
  if (typeof value === 'string') return open(value)
  if (!Array.isArray(value)) return null
  const all = value.map((one) => openedValue(one, open))
  return all.includes(null) ? null : all
}

/** The opened members, or 200012 for the first one that does not open or was not sealed. */
export function openedMembers({ route, members, serial, wantsVehicleIds, open }: Asked): Opened {
  const due = [...person, ...(always[route] ?? [])]
  const may = vehicle[route] ?? []
  const clear: Record<string, unknown> = { ...members }
  let isSealed = false
  for (const name of [...due, ...may]) {
    const value = members[name]
    if (value === undefined || value === null || value === '') continue
    const found = serial === undefined ? null : openedValue(value, (one) => open(serial, one))
    const mustOpen = wantsVehicleIds || due.includes(name)
    if (found === null && mustOpen) {
      const issue = serial === undefined ? 'has to be encrypted (Etc-Serial)' : 'does not open'
      return { wrong: refuse('200012', `/${name}`, null, issue) }
    }
    if (found === null) continue
    clear[name] = found
    isSealed = true
  }
  return { members: clear, isSealed }
}
