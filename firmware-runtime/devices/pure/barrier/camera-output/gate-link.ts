// A barrier link to a gate on the output of a camera: camera, account and inputs.
// `<make>://host:port?user=&secret=&channel=1&profile=vendor/model`, or the inputs by their numbers.
import { expected, LinkReader, type CameraAddress } from '#base/pure/links/camera-link.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { gateMakes } from '../../camera/gate-makes.ts'
import type { GateMake } from './dialect.ts'

const gateInputNames = ['limitOpen', 'limitClosed', 'loopUnder', 'loopArrive'] as const
type GateInputName = (typeof gateInputNames)[number]

export interface GateTarget extends CameraAddress {
  readonly make: GateMake
  readonly user: string
  readonly secret: string
  /** Number of the gate at the camera, from 1. */
  readonly channel: number
  /** Inputs by the camera's own numbers, from 1; null: a profile defines them. */
  readonly inputs: Readonly<Record<GateInputName, number | null>> | null
}

const numberMax = 16
const forms = gateMakes
  .map(({ name }) => `${name}://host:port?user=&secret=&loopUnder=1&loopArrive=2 or profile=`)
  .join(', ')

/** Null: the link is not to a gate on a camera. */
export const gateMakeOf = (url: string): GateMake | null =>
  gateMakes.find(({ name }) => url.startsWith(`${name}:`)) ?? null

export const isGateLink = (url: string): boolean => gateMakeOf(url) !== null

/** Throws LOT-03 without the password. */
export function parseGateLink(url: string, field = ''): GateTarget {
  const reader = new LinkReader(url, field, forms)
  const make = gateMakeOf(url) ?? reader.refuse(expected(forms))
  const [place = '', text = ''] = url.slice(make.name.length + 1).split('?', 2)
  const allowed = ['user', 'secret', 'channel', 'profile', ...gateInputNames]
  const query = reader.query(text, allowed)
  const numberOf = (name: string): number | null => {
    const given = query.get(name)
    if (given === undefined) return null
    const value = /^\d{1,2}$/.test(given) ? Number(given) : 0
    return value >= 1 && value <= numberMax
      ? value
      : reader.refuse(t(`${name} 须为 1 到 ${numberMax}`, `${name} is 1 to ${numberMax}`))
  }
  const inputs = {
    limitOpen: numberOf('limitOpen'),
    limitClosed: numberOf('limitClosed'),
    loopUnder: numberOf('loopUnder'),
    loopArrive: numberOf('loopArrive'),
  }
  const named = Object.values(inputs).filter((number) => number !== null)
  if (new Set(named).size !== named.length)
    reader.refuse(t('一个输入不能有两种作用', 'one input cannot be two things'))
  if (named.length > 0 && query.has('profile'))
    reader.refuse(
      t('输入写在这里或由资料给出,只用其一', 'inputs are named here or by a profile, not both'),
    )
  if (named.length === 0 && !query.has('profile'))
    reader.refuse(
      t(
        '须写 profile= 或相机的输入:loopUnder=1&loopArrive=2',
        'profile= or the inputs of the camera are wanted: loopUnder=1&loopArrive=2',
      ),
    )
  return {
    make,
    ...reader.address(place, 80),
    ...reader.account(query),
    channel: numberOf('channel') ?? 1,
    inputs: named.length > 0 ? inputs : null,
  }
}
