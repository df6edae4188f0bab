// The gate of a Hikvision camera over ISAPI (lane-devices.md 1.1): barrierGate, inputs, and who may open. OK means
// accepted, not moved; a camera that opens by its own list is not used at all.
import {
  defineGateMake,
  type GateAction,
  type GateDialect,
} from '../../barrier/camera-output/dialect.ts'
import { judgeEntrance } from './pull.ts'
import { Refusal, rootOf, text, type Element } from './xml.ts'

const namespace = 'http://www.isapi.org/ver20/XMLSchema'

/** Without the namespace a unit of this maker answered OK and did nothing. */
const gateBody = (action: GateAction): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  `<BarrierGate xmlns="${namespace}" version="2.0"><ctrlMode>${action}</ctrlMode></BarrierGate>`

/** Text of one member of the root; null when the document has another form. */
function memberOf(xml: string, root: string, name: string): string | null {
  let found: Element
  try {
    found = rootOf(xml, root)
    return text(found, name)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return null
  }
}

interface GateStatus {
  readonly statusCode: string | null
}

/** The camera's answer to a command. */
export const gateStatus = (xml: string): GateStatus => ({
  statusCode: memberOf(xml, 'ResponseStatus', 'statusCode'),
})

/** Level of one input; null: not in the answer. */
export function inputLevel(xml: string): boolean | null {
  const state = memberOf(xml, 'IOPortStatus', 'ioState')
  return state === 'active' ? true : state === 'inactive' ? false : null
}

const accepted = '1'

const gate = (channel: number): GateDialect => ({
  check: () => ({ method: 'GET', path: '/ISAPI/ITC/Entrance/entranceParam' }),
  judgeCheck: judgeEntrance,
  drive: (action) => ({
    method: 'PUT',
    path: `/ISAPI/Parking/channels/${channel}/barrierGate`,
    body: gateBody(action),
  }),
  refusal(status, xml) {
    if (status !== 200) return `HTTP ${status}`
    const { statusCode } = gateStatus(xml)
    return statusCode === accepted ? null : `status ${statusCode ?? '?'}`
  },
  inputs: (numbers) =>
    numbers.map((number) => ({
      numbers: [number],
      request: { method: 'GET', path: `/ISAPI/System/IO/inputs/${number}/status` },
    })),
  levels(_numbers, status, xml) {
    const level = status === 200 ? inputLevel(xml) : null
    return level === null ? null : [level]
  },
})

export const hikvisionGate = defineGateMake({
  name: 'hikvision',
  profile: 'hikvision-gate',
  gate,
  command: gateBody,
  answer: (of, xml) => (of === 'status' ? { ...gateStatus(xml) } : { level: inputLevel(xml) }),
})
