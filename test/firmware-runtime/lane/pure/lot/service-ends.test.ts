// The table of ends: which fault is final, and how long each next start waits.
import { expect, it } from 'vitest'
import { faults, isFaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import { againAfter, finalExits, nextStart, serviceEnds } from '#lane/pure/lot/service-ends.ts'
import { exitOfRun, permanentExit } from '#lane/pure/lot/run-exit.ts'

it('is final for each LOT, LEDGER and SEAL code, COPY-15, FILE-01 and FILE-02, but for a write whose result is unknown and files out of reach, and for no other', () => {
  const codes = Object.keys(faults).filter(isFaultCode)
  const cured: readonly string[] = ['LEDGER-06', 'LEDGER-12']
  const final = codes.filter((code) => exitOfRun(new LaneFault(code), 2) === permanentExit)
  expect(final).toEqual(
    codes.filter(
      (code) =>
        /^(?:(?:LOT|LEDGER|SEAL)-|COPY-15$|FILE-0[12]$)/.test(code) && !cured.includes(code),
    ),
  )
  for (const code of [
    'LINK-01',
    'DATA-02',
    'LOCK-01',
    'LEDGER-06',
    'LEDGER-12',
    'TARIFF-01',
  ] as const)
    expect([code, exitOfRun(new LaneFault(code), 2), exitOfRun(new LaneFault(code), 1)]).toEqual([
      code,
      2,
      1,
    ])
  expect(exitOfRun(null, 1)).toBe(1)
  expect(exitOfRun(new LaneFault('LEDGER-05', { mayPass: true }), 2)).toBe(2)
})

it('has one row for each exit status, and one final status', () => {
  expect(serviceEnds.flatMap(({ exit }) => (exit === null ? [] : [exit]))).toEqual([0, 1, 2, 78])
  expect(finalExits).toEqual([78])
})

it.each([
  ['a first end', [10], [againAfter.firstMs]],
  ['one after another', [10, 10, 59_999], [200, 5_000, 5_000]],
  ['an hour between them', [10, 3_600_000, 10, 10], [200, 200, 200, 5_000]],
  ['exactly a minute', [10, 60_000], [200, 200]],
])('waits: %s', (_what, ran, waits) => {
  let isEarly = false
  const waited = ran.map((ranMs) => {
    const next = nextStart(ranMs, isEarly)
    isEarly = next.isEarly
    return next.waitMs
  })
  expect(waited).toEqual(waits)
})
