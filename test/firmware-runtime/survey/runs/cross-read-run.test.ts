// Row 6 with antennas in virtual time: driven one by one and together; each OBU counts once per round, as of the own lane
// or another. An unlisted OBU is reported and not counted, and every antenna is switched off at the end.
import { expect, it } from 'vitest'
import {
  runCrossReads,
  type CrossReadOptions,
  type DrivenAntenna,
} from '#survey/runs/cross-read-run.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { ReceivedBytes } from '#survey/pure/file/origin.ts'
import type { CrossReadBody } from '#survey/pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'

const [a1, a2, b1, stranger] = ['0200A001', '0200A002', '0200B001', '0200C001'] as const

/** Antennas that report these OBUs whenever their search is switched on. */
function bench(
  hears: Readonly<Record<string, readonly string[]>>,
  stopAfterMs = Infinity,
  full = false,
) {
  const time = new VirtualTime()
  const stop = new AbortController()
  const on = new Set<string>()
  const most = { together: 0 }
  const [closed, steps] = [[] as string[], [] as string[]]
  /** When each antenna was last switched off, and how long afterwards its link was closed, in ms. */
  const offAtUs = new Map<string, number>()
  const quietMs: number[] = []
  const recorded: CrossReadBody[] = []
  const said: ReceivedBytes[] = []
  let frames = 0
  const open = (link: string): Promise<DrivenAntenna> => {
    const linkObus = hears[link]
    if (linkObus === undefined) return Promise.reject(new LaneFault('LINK-02', { value: link }))
    const onAnswer = new Set<(obuId: string, frame: string) => void>()
    const search = (is: boolean): void => {
      if (is) on.add(link)
      else on.delete(link)
      if (!is) offAtUs.set(link, time.nowUs)
      most.together = Math.max(most.together, on.size)
      // Every OBU answers twice per round, which counts as one answer.
      const tell = (): void =>
        linkObus.forEach((id) => onAnswer.forEach((hear) => hear(id, `FF${++frames}`)))
      if (is) for (const ms of [20, 60]) time.clock.after(ms, tell)
    }
    const close = (): void => {
      closed.push(link)
      quietMs.push(on.has(link) ? -1 : (time.nowUs - (offAtUs.get(link) ?? time.nowUs)) / 1000)
    }
    return Promise.resolve({ onAnswer, search, close })
  }
  async function run(given: Partial<CrossReadOptions> = {}) {
    let over = false
    const ended = runCrossReads(
      {
        antennas: [
          { link: 'a', obuIds: [a1, a2] },
          { link: 'b', obuIds: [b1] },
        ],
        inNeighbour: [],
        rounds: 5,
        listenMs: 100,
        ...given,
      },
      {
        mono: time.clock,
        signal: stop.signal,
        open,
        step: (step) => void steps.push(step),
        record: (bodies, receivedBytes) => {
          if (full) throw new LaneFault('DATA-01')
          recorded.push(...bodies)
          said.push(receivedBytes)
        },
      },
    ).finally(() => (over = true))
    ended.catch(() => undefined)
    for (let ms = 0; ms < 60_000 && !over; ms += 10) {
      if (ms >= stopAfterMs) stop.abort()
      time.runTo(time.nowUs + 10_000)
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    }
    return ended
  }
  return { run, recorded, said, closed, steps, most, quietMs }
}

it('counts each OBU once a round and antenna, alone and together', async () => {
  const { run, recorded, closed, steps, most } = bench({ a: [a1, a2, b1], b: [b1.toLowerCase()] })
  const { turns, faults } = await run()
  expect(recorded).toEqual([
    {
      kind: 'crossRead',
      antennaId: 1,
      inLane: 10,
      inNeighbour: 5,
      rounds: 5,
      neighbours: [{ obuId: b1, place: '', trials: 5, reads: 5 }],
      own: [a1, a2].map((obuId) => ({ obuId, reads: 5 })),
    },
    {
      kind: 'crossRead',
      antennaId: 2,
      inLane: 5,
      inNeighbour: 0,
      rounds: 5,
      neighbours: [a1, a2].map((obuId) => ({ obuId, place: '', trials: 5, reads: 0 })),
      own: [{ obuId: b1, reads: 5 }],
    },
    {
      kind: 'crossRead',
      antennaId: null,
      inLane: 15,
      inNeighbour: 5,
      rounds: 5,
      neighbours: [a1, a2, b1].map((obuId) => ({
        obuId,
        place: '',
        trials: 5,
        reads: obuId === b1 ? 5 : 0,
      })),
      own: [a1, a2, b1].map((obuId) => ({ obuId, reads: 5 })),
    },
  ])
  expect(turns[2]?.answers).toEqual({ [a1]: 5, [a2]: 5, [b1]: 10 })
  expect(faults).toEqual([])
  expect(steps).toEqual(['open', 'antenna1', 'antenna2', 'together'])
  expect(closed).toEqual(['a', 'b'])
  expect(most.together).toBe(2)
})

it('keeps the frames that were counted, a line each, so that somebody else can count them again', async () => {
  const { run, recorded, said } = bench({ a: [a1, a2, b1], b: [b1] })
  await run()
  expect(said.map(({ link }) => link)).toEqual(['a', 'b', 'a b'])
  said.forEach(({ raw }, i) => {
    const lines = Buffer.from(raw ?? [])
      .toString()
      .trimEnd()
      .split('\n')
    const own: Readonly<Record<string, readonly string[]>> = { a: [a1, a2], b: [b1] }
    const isOwn = lines.map((line) => {
      const [, round, link = '', id = ''] = /^(\d) ([ab]) (\w{8}) FF\d+$/.exec(line) ?? []
      expect(Number(round)).toBeGreaterThan(0)
      return own[link]?.includes(id) === true
    })
    expect(new Set(lines).size).toBe(lines.length)
    expect(isOwn.filter(Boolean)).toHaveLength(recorded[i]?.inLane ?? -1)
    expect(isOwn.filter((one) => !one)).toHaveLength(recorded[i]?.inNeighbour ?? -1)
  })
})

it('keeps no frames where there are more than anybody needs', async () => {
  const many = Array.from({ length: 40 }, (_, i) => `0200D${String(i).padStart(3, '0')}`)
  const { run, said } = bench({ a: many })
  await run({ antennas: [{ link: 'a', obuIds: many }], rounds: 200 })
  expect(said).toEqual([{ link: 'a', raw: null }])
})

it('knows cars next door where no antenna is at home, and tells of those on no list', async () => {
  const { run, recorded } = bench({ a: [a1, b1, stranger] })
  const { faults } = await run({
    antennas: [{ link: 'a', obuIds: [a1] }],
    inNeighbour: [b1, a2],
    places: { [b1]: 'behind the kerb' },
    stressDb: 6,
  })
  // An OBU that never answered still counts its trials.
  expect(recorded).toEqual([
    {
      kind: 'crossRead',
      antennaId: 1,
      inLane: 5,
      inNeighbour: 5,
      rounds: 5,
      stressDb: 6,
      neighbours: [
        { obuId: a2, place: '', trials: 5, reads: 0 },
        { obuId: b1, place: 'behind the kerb', trials: 5, reads: 5 },
      ],
      own: [{ obuId: a1, reads: 5 }],
    },
  ])
  expect(faults).toMatchObject([{ code: 'SURVEY-22', detail: { value: stranger } }])
})

it('keeps what was heard when it is stopped, and records no turn in which nobody answered', async () => {
  const { run, recorded, closed } = bench({ a: [a1], b: [b1] }, 450)
  await run()
  expect(recorded).toMatchObject([{ kind: 'crossRead', antennaId: 1, inLane: 3, inNeighbour: 0 }])
  // An interrupted round counts as a trial: fewer trials would raise the share of foreign reads.
  expect(recorded[0]).toMatchObject({ rounds: 3, neighbours: [{ obuId: b1, trials: 3, reads: 0 }] })
  expect(closed).toEqual(['a', 'b'])
  const quiet = bench({ a: [], b: [] })
  await quiet.run()
  expect(quiet.recorded).toEqual([])
})

it('lets go of the antennas that were opened when the next is not there', async () => {
  const { run, closed } = bench({ a: [a1] })
  await expect(run()).rejects.toMatchObject({ code: 'LINK-02' })
  expect(closed).toEqual(['a'])
})

it.each([
  ['is done', Infinity, false],
  ['is stopped while all are on', 1_350, false],
  ['is stopped before it began', 0, false],
  ['finds no room for a record', Infinity, true],
])('leaves every antenna off, and told so, where the run %s', async (_how, stopAfterMs, full) => {
  const { run, closed, quietMs } = bench({ a: [a1], b: [b1] }, stopAfterMs, full)
  if (full) await expect(run()).rejects.toMatchObject({ code: 'DATA-01' })
  else await run()
  expect(closed).toEqual(['a', 'b'])
  expect(quietMs.every((ms) => ms >= 100)).toBe(true)
})
