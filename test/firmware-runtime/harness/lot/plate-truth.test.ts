// What a simulation knows about its cars and checks with it: whose stay ended, what paid for it, and when that is wrong.
// Rows are those of a lane; a car is what crossed it while they were written.
import { expect, it } from 'vitest'
import { PlateTruth } from '#harness/lot/plate-truth.ts'
import { carMaker, trafficMixes } from '#simulators/traffic/cars.ts'
import type { TrafficEvent } from '#simulators/traffic/traffic.ts'
import { Rows, t0 } from '../../lane/pure/lot/row-kit.ts'

const cars = carMaker(trafficMixes.clean, 1)
const [first, second] = [cars.next(), cars.next()]
const at = (
  kind: TrafficEvent['kind'],
  car: typeof first,
  cameraPlate: string | null = car.plate,
): TrafficEvent => ({ kind, atMs: t0, carId: car.carId, car, cameraPlate, withoutStay: false })

function through(truth: PlateTruth, event: TrafficEvent, rows: Rows): void {
  truth.crosses(event)
  for (const row of rows.all) truth.took(row, event)
}
function leaves(truth: PlateTruth, n: number, car: typeof first, means: 'etc' | 'cash'): void {
  const end = means === 'etc' ? 'etc' : 'other'
  through(truth, at('exit', car), new Rows().order(n).pay(n, means).closed(n, end))
}

it('a stay ends with its own car, and by what it was paid', () => {
  const truth = new PlateTruth()
  through(truth, at('entry', first), new Rows().stay(1))
  truth.inside('n-S2', second.carId, second, second.plate)
  expect([truth.stayOf(first.carId), truth.stayOf(second.carId)]).toEqual(['n-S1', 'n-S2'])
  leaves(truth, 1, first, 'etc')
  leaves(truth, 2, second, 'cash')
  expect([truth.counts.wrong, [...truth.judge()]]).toEqual([{}, []])
  expect(truth.stayOf(first.carId)).toBeNull()
})

it('a card that pays for another car is a violation, where the lot has its own as it is', () => {
  const truth = new PlateTruth()
  truth.inside('n-S1', second.carId, second, second.plate)
  truth.inside('n-S2', first.carId, first, first.plate)
  leaves(truth, 1, first, 'etc')
  expect([...truth.judge()]).toEqual(['n-S1 of car-000002 was paid by the card of car-000001'])
  const twice = new PlateTruth()
  twice.inside('n-S1', second.carId, second, second.plate)
  twice.inside('n-S2', first.carId, first, '测A00000')
  leaves(twice, 1, first, 'etc')
  expect([twice.counts.wrong, [...twice.judge()]]).toEqual([{ etc: 1 }, []])
  const both = new PlateTruth()
  both.inside('n-S2', first.carId, first, first.plate)
  both.inside('n-S1', second.carId, second, first.plate)
  leaves(both, 1, first, 'etc')
  expect([both.counts.wrong, [...both.judge()]]).toEqual([{ etc: 1 }, []])
})

it('a stay of an earlier visit is not its own either, and too many of any kind are a violation', () => {
  const truth = new PlateTruth()
  for (const n of [1, 2, 3]) truth.inside(`n-S${n}`, first.carId, first, first.plate)
  leaves(truth, 1, first, 'cash')
  expect([truth.counts.wrong, [...truth.judge()]]).toEqual([{ cash: 1 }, []])
  leaves(truth, 2, first, 'cash')
  leaves(truth, 3, first, 'cash')
  expect([...truth.judge()]).toEqual(['2 stays ended with another car, of 0 misread plates'])
})

it('counts what was misread, corrected rightly and picked', () => {
  const truth = new PlateTruth()
  through(truth, at('entry', first, '测A00000'), new Rows().stay(1))
  through(truth, at('entry', second, null), new Rows())
  truth.crosses(at('exit', second, '测A11111'))
  truth.picked()
  const body = { tariffId: 't', fromMs: t0, toMs: t0, lines: [], plate: 'x', plateRaw: 'y' }
  const rule = { plateRead: 'y', score: 90, secondScore: null, scoreMin: 80, marginMin: 15 }
  const rows = new Rows().add(
    'orderMade',
    { laneId: 'exit', stayId: 'n-S1', orderId: 'n-O1', amountFen: 0 },
    { ...body, match: { ...rule, parts: [] } },
  )
  through(truth, at('exit', first), rows.closed(1, 'free'))
  expect(truth.counts).toEqual({ misreadIn: 1, misreadOut: 1, corrected: 1, picked: 1, wrong: {} })
})
