// The drawer opens once for cash that is booked, through the printer of the lane, and its pulse is a row.
// A silent printer is reported to a person; the car leaves either way.
import { describe, expect, it } from 'vitest'
import { openDrawerFor } from '#money/desk/till/cash-drawer.ts'
import type { PrinterPort } from '#money/desk/till/paper-receipts.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { PrinterConfig } from '#base/pure/lot/config.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

const settled = (means: 'cash' | 'free' | 'later'): LaneEvent => ({
  type: 'settle',
  means,
  amountFen: null,
  act: { by: '甲', role: 'attendant', reason: '现金', commandId: 'c1' },
})

function desk(printers: readonly Partial<PrinterConfig>[], isUp = true, name = 'opening') {
  const opened: string[] = []
  const rows: RowDraft[] = []
  const silent: string[] = []
  const ports = printers.map((one, i): Pick<PrinterPort, 'config' | 'openDrawer'> => {
    const id = one.id ?? `p${i}`
    const config = { link: 'tcp://h:1', prints: 'asked', plate: 'whole', ...one, id } as const
    return {
      config,
      openDrawer: () => {
        if (isUp) opened.push(id)
        return isUp
      },
    }
  })
  const give = (event: LaneEvent, laneId = 'exit'): void =>
    openDrawerFor(
      {
        printers: ports,
        stateOf: () => ({ name, stayId: 's1' }),
        nowMs: () => 1,
        append: (more) => {
          rows.push(...more)
          return true
        },
        silent: (lane, printer) => silent.push(`${lane} ${printer}`),
      },
      laneId,
      event,
    )
  return { give, opened, rows, silent }
}

describe('cash that is booked', () => {
  it('opens the drawer of its lane, and says so in a row', () => {
    const at = desk([{ lanes: ['other'], drawer: 'pin2' }, {}, { lanes: ['exit'], drawer: 'pin5' }])
    at.give(settled('cash'))
    expect(at.opened).toEqual(['p2'])
    expect(at.rows).toEqual([
      {
        kind: 'event',
        atMs: 1,
        laneId: 'exit',
        stayId: 's1',
        body: { type: 'drawer', detail: '{"by":"甲","printer":"p2","state":"sent"}' },
      },
    ])
    expect(at.silent).toEqual([])
  })

  it('says so where the printer is silent: the attendant has its key', () => {
    const at = desk([{ drawer: 'pin2' }], false)
    at.give(settled('cash'))
    expect([at.opened, at.silent, at.rows.length]).toEqual([[], ['exit p0'], 1])
  })
})

it.each(['manual', 'asking', 'idle'])('cash that was not booked, in %s, opens nothing', (name) => {
  const at = desk([{ drawer: 'pin2' }], true, name)
  at.give(settled('cash'))
  expect([at.opened, at.rows]).toEqual([[], []])
})

it.each([settled('free'), settled('later'), { type: 'rsuUp' } as LaneEvent])(
  'nothing else opens it: %j',
  (event) => {
    const at = desk([{ drawer: 'pin2' }])
    at.give(event)
    expect([at.opened, at.rows]).toEqual([[], []])
  },
)

it('a lot without a drawer writes nothing', () => {
  const at = desk([{}])
  at.give(settled('cash'))
  expect(at.rows).toEqual([])
})
