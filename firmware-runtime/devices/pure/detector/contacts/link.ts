// Parses the link of a loop or radar of a lane: `barrier:?di=4` on the barrier's own board, or an input of another
// board, `tcp://host:port?di=2&unit=1`; `low=1`: the contact opens when something is present.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { standardBarrier } from '../../barrier/modbus-relay/config.ts'
import { boardLinkOf, type BoardLink } from '../../barrier/modbus-relay/link.ts'

export interface SensorInput {
  readonly di: number
  readonly activeHigh: boolean
  /** Null: an input of the barrier's board. */
  readonly board:
    | ({ readonly url: string } & Pick<BoardLink, 'transport'> & { unitId: number })
    | null
}

/** Parameters of the input; the others belong to the board. */
const own = ['di', 'low', 'profile']
const diMax = 63

/** Throws LOT-03 with the parameter. */
export function sensorInputOf(url: string, field: string): SensorInput {
  const refuse = (note: BilingualText): never => {
    throw new LaneFault('LOT-03', { field, value: url, note })
  }
  const [place = '', text = ''] = url.split('?', 2)
  const query = new URLSearchParams(text)
  const di = query.get('di') ?? ''
  if (!/^\d{1,2}$/.test(di) || Number(di) > diMax)
    refuse(t(`di 是输入号,0 到 ${diMax}`, `di is the input, 0 to ${diMax}`))
  const low = query.get('low') ?? '0'
  if (low !== '0' && low !== '1') refuse(t('low 是 0 或 1', 'low is 0 or 1'))
  const rest = [...query].filter(([name]) => !own.includes(name))
  const input = { di: Number(di), activeHigh: low === '0' }
  if (place === 'barrier:') {
    const other = rest[0]?.[0] ?? ''
    if (rest.length > 0)
      refuse(t(`${other} 写在道闸自己的链路里`, `${other} belongs to the barrier's own link`))
    return { ...input, board: null }
  }
  const more = rest.map(([name, value]) => `${name}=${value}`).join('&')
  const bare = more === '' ? place : `${place}?${more}`
  const { transport, config } = boardLinkOf(bare, field, standardBarrier)
  return { ...input, board: { url: bare, transport, unitId: config.unitId } }
}
