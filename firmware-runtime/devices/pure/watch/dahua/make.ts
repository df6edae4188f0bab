// Dahua cameras of parking spaces by subscription: `TrafficParkingSpaceParking` and `…NoParking`, with a picture. The space
// is its own number, or the lane number of its region (public code that subscribes to these events; `CustomParkNo` and
// `Lane` of `TrafficCar`). A car on the line is a car in the space: assumed.
import { note } from '#base/pure/words/notes.ts'
import {
  dahuaCodeOf,
  dahuaDraft,
  otherDahuaEvent,
  type DahuaEvent,
  type DahuaScale,
} from '../../camera/dahua/event.ts'
import type { Fields } from '../../camera/dahua/keys.ts'
import { dahua } from '../../camera/dahua/make.ts'
import { dahuaPull } from '../../camera/dahua/pull.ts'
import { isDeviceId } from '../fields.ts'
import { defineWatchMake } from '../make.ts'
import { dahuaPresets } from './presets.ts'

const codes: Readonly<Record<string, boolean>> = {
  TrafficParkingSpaceParking: true,
  TrafficParkingSpaceOverLine: true,
  TrafficParkingSpaceNoParking: false,
}

function eventOf(
  fields: Fields,
  code: string | null,
  deviceId: string,
  scale: DahuaScale,
): DahuaEvent {
  const named = dahuaCodeOf(fields, code) || (fields.get('TrafficCar.Event') ?? '')
  const occupied = Object.hasOwn(codes, named) ? codes[named] : undefined
  if (occupied === undefined) return otherDahuaEvent(fields, named)
  const id =
    [fields.get('TrafficCar.CustomParkNo'), fields.get('TrafficCar.Lane'), fields.get('Lane')].find(
      (one) => one !== undefined && one !== '',
    ) ?? ''
  if (!isDeviceId(id))
    return { kind: 'refused', what: note('messageMisses', 'CustomParkNo'), other: false }
  const draft = dahuaDraft(fields, deviceId, scale)
  const { recordId } = draft.read
  const read = {
    ...draft.read,
    recordId: recordId === '' ? '' : `${recordId}/${id}`,
    space: { id, occupied },
  }
  return { kind: 'plate', draft: { ...draft, read } }
}

export const dahuaSpaces = defineWatchMake({
  by: 'subscription',
  name: 'dahua',
  presets: dahuaPresets,
  usual: dahua.usual,
  options: dahua.options,
  pull: (options, address) => {
    const { channel = 1, confidenceMax } = options
    return dahuaPull(
      { address, channel: Number(channel), confidenceMax: confidenceMax === 255 ? 255 : 100 },
      { codes: Object.keys(codes), of: eventOf },
    ) as never
  },
})
