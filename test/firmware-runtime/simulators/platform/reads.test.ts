// What one request reads of the platform's books does not grow with them: rows are counted as they come off the shelves, for
// each interface that judges by earlier records, after one day and after forty.
import { describe, expect, it } from 'vitest'
import { billed } from '#simulators/platform/records/bills.ts'
import { issuerRoutes } from '#simulators/platform/records/issuer.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { inMemory, type Shelf, type ShelfMaker } from '#base/pure/values/shelf.ts'
import { appId, charge, chargePath, createRig, nowMs, type Rig } from './rig.ts'

const parkId = '450100001'
const parked = { parkId, laneNo: 'exit' }
const hourMs = 3_600_000
const carsADay = 8
/** The same cars come every day. */
const cardOf = (car: number): string => `4501${String(car).padStart(16, '0')}`

/** Shelves that count what is taken off them. */
function countingShelves(): { readonly shelf: ShelfMaker; read: number } {
  const counts = { read: 0, shelf: <V>(): Shelf<V> => counted(inMemory<V>()) }
  const counted = <V>(of: Shelf<V>): Shelf<V> => ({
    get size() {
      return of.size
    },
    has: (name) => of.has(name),
    set: (name, value) => of.set(name, value),
    get(name) {
      const found = of.get(name)
      // A list of keys is as long as what it names.
      counts.read += Array.isArray(found) ? found.length : found === undefined ? 0 : 1
      return found
    },
    *values() {
      for (const value of of.values()) {
        counts.read++
        yield value
      }
    },
  })
  return counts
}

interface Books {
  readonly rig: Rig
  /** Start of the hour of the last day in which its cars left. */
  readonly hourMs: number
  readonly atMs: number
  readonly date: string
  rowsReadBy(work: () => unknown): number
}

/** Charges, records, refunds and applications of so many days, each like the other, for the same cars. */
function booksOf(days: number): Books {
  const counts = countingShelves()
  const rig = createRig({ shelf: counts.shelf, validForMs: 100 * dayMs })
  const send = (path: string, body: object, atMs: number): void => {
    expect(rig.send('POST', path, body, { atMs }).respCode, path).toBe('100000')
  }
  for (let day = 0; day < days; day++) {
    const atMs = nowMs + day * dayMs
    for (let car = 0; car < carsADay; car++) {
      const no = `${day}-${car}`
      const exMs = atMs - hourMs - car * 60_000
      const stay = stayOf(exMs, no, cardOf(car))
      const seen = { ...parked, vehiclePlate: '测A12345', vehicleColor: 0, plateSource: 1 }
      const [enTime, time] = [stay.enTime, stay.exTime]
      send(chargePath, charge(stay), atMs)
      send('/v1/records/exits', charge({ ...stay, outTradeNo: `O${no}` }), atMs)
      send('/v1/records/entries', { ...seen, entryNo: `E${no}`, enTime }, atMs)
      send('/v1/records/plates', { ...seen, plateRecNo: `V${no}`, direction: 2, time }, atMs)
      send('/v1/etc/refunds', refund(`R${no}`, stay.outTradeNo), atMs)
      send('/v1/etc/consumptions', applied(`C${no}`, cardOf(car), atMs), atMs)
    }
  }
  const atMs = nowMs + (days - 1) * dayMs
  const fromMs = Math.floor((atMs - hourMs) / hourMs) * hourMs
  return {
    rig,
    hourMs: fromMs,
    atMs,
    date: isoOf(fromMs).slice(0, 10),
    rowsReadBy(work) {
      counts.read = 0
      work()
      return counts.read
    },
  }
}

const stayOf = (exMs: number, no: string, etcCardId: string) => ({
  outTradeNo: `T${no}`,
  entryNo: `N${no}`,
  etcCardId,
  enTime: isoOf(exMs - hourMs),
  exTime: isoOf(exMs),
  transTime: isoOf(exMs),
  parkDuration: 3600,
})
const refund = (outRefundNo: string, outTradeNo: string) => ({
  outRefundNo,
  outTradeNo,
  refundFee: 100,
  totalFee: 1200,
  reason: 'test',
  operator: '李四',
  approvedBy: '王五',
})
const applied = (consumptionNo: string, etcCardId: string, atMs: number) => ({
  consumptionNo,
  ...parked,
  vehiclePlate: '测A12345',
  vehicleColor: 0,
  plateSource: 1,
  vehicleType: 1,
  enTime: isoOf(atMs - 60_000),
  exTime: isoOf(atMs),
  payFee: 1200,
  mode: 2,
  etcCardId,
  cardNetNo: '4501',
})

/** A batch of the hour, which lists none of its records: the answer names them all. */
const batch = ({ rig, hourMs: leftMs, atMs }: Books, kind: string) => {
  const fromMs = kind === 'entry' ? leftMs - hourMs : leftMs
  const iso = isoOf(fromMs)
  const hour = iso.slice(0, 13).replaceAll(/[-T]/g, '')
  const body = {
    batchNo: `${kind}${parkId}${hour}`,
    from: iso,
    to: isoOf(fromMs + hourMs),
    count: 0,
    ...(kind.startsWith('exit') ? { totalFee: 0 } : {}),
    digest: 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
    numbers: [],
    revision: 0,
  }
  return rig.send('PUT', `/v1/batches/${kind}/${parkId}/${hour}`, body, { atMs })
}

/** Each with what it must have found, so that a reader that finds nothing is no proof. */
const requests: readonly (readonly [string, (books: Books) => unknown, unknown])[] = [
  ['the bill of a day', ({ rig, date }) => billed(rig.model, appId, date).length, 2 * carsADay],
  [
    'the bookkeeping of a day',
    ({ rig, date }) => {
      const settled = (): Promise<void> => Promise.resolve()
      const routes = issuerRoutes({ model: () => rig.model, appId, settled })
      const query = new URLSearchParams({ date })
      const told: unknown = routes['GET /bookings']?.({ query, body: undefined } as never)
      return (told as { charges: number }).charges
    },
    carsADay,
  ],
  ...(
    [
      ['exit', 2 * carsADay],
      ['entry', carsADay],
      ['exit-plate', carsADay],
    ] as const
  ).map(
    ([kind, found]) =>
      [
        `a batch of ${kind}`,
        (books: Books) => {
          const { unlisted } = batch(books, kind).data
          return Array.isArray(unlisted) ? unlisted.length : 0
        },
        found,
      ] as const,
  ),
  [
    'a charge of a car that comes every day',
    ({ rig, atMs }) =>
      rig.send('POST', chargePath, charge(stayOf(atMs - 1000, 'new', cardOf(0))), { atMs })
        .respCode,
    '100000',
  ],
  [
    'a charge that is there under another number',
    ({ rig, atMs }) => {
      const { entryNo: _, ...again } = stayOf(atMs - hourMs, 'again', cardOf(0))
      return rig.send('POST', chargePath, charge({ ...again, entryNo: undefined }), { atMs })
        .respCode
    },
    '300001',
  ],
  [
    'a refund above the rest of its charge',
    ({ rig, atMs, date }) => {
      const day = (Date.parse(date) - Date.parse(isoOf(nowMs).slice(0, 10))) / dayMs
      const more = { ...refund('more', `T${day}-0`), refundFee: 1101 }
      return rig.send('POST', '/v1/etc/refunds', more, { atMs }).respCode
    },
    '300031',
  ],
  [
    'an application for an account that holds one',
    ({ rig, atMs }) => {
      rig.model.record({ t: 'account', cardNo: cardOf(0), balanceFen: 2399 })
      const next = applied('next', cardOf(0), atMs + 60_000)
      return rig.send('POST', '/v1/etc/consumptions', next, { atMs: atMs + 60_000 }).data[
        'decision'
      ]
    },
    'REFUSED',
  ],
]

describe('rows read by', () => {
  const [first, fortieth] = [booksOf(1), booksOf(40)]
  it.each(requests)('%s: as many after forty days as after one', (_name, work, found) => {
    const read = [first, fortieth].map((books) =>
      books.rowsReadBy(() => {
        expect(work(books)).toEqual(found)
      }),
    )
    expect(read[1]).toBe(read[0])
    expect(read[0]).toBeLessThan(10 * carsADay)
  })
})
