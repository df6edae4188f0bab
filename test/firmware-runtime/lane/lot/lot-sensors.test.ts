// Loops and radars of a lane in lot.json: what is accepted, and what is refused with its field.
// A lot file from before they existed has no such member.
import { describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { bareLot } from '../../../kit/bare-lot.ts'
import { faultOf } from '../../../kit/refusals.ts'

interface Given {
  readonly kind: string
  readonly role: string
  readonly link: string
}

const loop = (role: string, link: string): Given => ({ kind: 'loop', role, link })
const radar = (link: string): Given => ({ kind: 'radar', role: 'presence', link })

function lotWith(sensors: readonly Given[], over: Record<string, unknown> = {}): unknown {
  const lot = bareLot({ barrier: new Map([['exit', 'tcp://127.0.0.1:502']]) }) as {
    lanes: Record<string, unknown>[]
  }
  const lanes = lot.lanes.map((lane) =>
    lane['id'] === 'exit' ? { ...lane, sensors, ...over } : lane,
  )
  return { ...lot, lanes }
}

const board = 'tcp://127.0.0.1:1502'

describe('sensors of a lane', () => {
  it.each([
    [
      [
        loop('under', `${board}?di=2`),
        loop('arrive', `${board}?di=3`),
        radar(`${board}?di=4&low=1`),
      ],
    ],
    [[radar('barrier:?di=5'), radar('barrier:?di=6&low=1&profile=generic/contact')]],
    [[loop('under', 'serial:/dev/pts/4?di=0&baud=19200')]],
    [[]],
  ])('are taken: %j', (sensors) => {
    expect(checkLot(lotWith(sensors), 'lot.json').lanes[1]?.sensors).toEqual(sensors)
  })

  it.each<[string, readonly Given[], Record<string, unknown>, string]>([
    ['no input', [radar(board)], {}, 'LOT-03'],
    ['another kind', [{ ...radar(`${board}?di=1`), kind: 'laser' }], {}, 'LOT-02'],
    ['another role', [loop('leave', `${board}?di=1`)], {}, 'LOT-02'],
    [
      'two of a role',
      [loop('under', `${board}?di=1`), loop('under', `${board}?di=2`)],
      {},
      'LOT-03',
    ],
    ['one input twice', [radar(`${board}?di=1`), radar(`${board}?di=1`)], {}, 'LOT-03'],
    ['a port that is none', [radar('tcp://127.0.0.1:99999?di=1')], {}, 'LOT-03'],
    ['no barrier to wire to', [radar('barrier:?di=1')], { barrier: null }, 'LOT-03'],
    ['a name that is no profile', [radar(`${board}?di=1&profile=x`)], {}, 'LOT-03'],
    ['hardware in a demo', [radar('tcp://192.0.2.4:502?di=1')], {}, 'LOT-05'],
    ['a further member', [{ ...radar(`${board}?di=1`), more: 1 } as Given], {}, 'LOT-02'],
  ])('are refused with %s', (_name, sensors, over, code) => {
    const { code: found, detail } = faultOf(() => checkLot(lotWith(sensors, over), 'lot.json'))
    expect(found).toBe(code)
    expect(detail.field).toContain('/lanes/1/sensors')
  })
})
