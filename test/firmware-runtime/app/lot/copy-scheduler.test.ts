// Copies each quarter of an hour by the clock of the test, the nightly test beside them,
// and faults that end nothing.
import { describe, expect, it, vi } from 'vitest'
import { CopyScheduler } from '../../../../firmware-runtime/app/lot/copy-scheduler.ts'
import { LaneFault } from '../../../../firmware-runtime/core/values/faults.ts'
import { instantOf, type InstantMs } from '../../../../firmware-runtime/core/values/instant.ts'
import type { CopyPlan } from '../../../../firmware-runtime/ports/copy-service.ts'

const minuteMs = 60_000
const plan: CopyPlan = {
  to: '/second',
  hostKey: null,
  lotId: 'GX1',
  nodeId: 'n1',
  certDir: null,
  more: new Map(),
  begin: false,
}
const found = { place: '/second/GX1-n1', headSeq: 7, headHash: 'ab'.repeat(32), atIso: 'then' }

function made(given: CopyPlan | null = plan) {
  let due: { atMs: number; run: () => void } | null = null
  let monoMs = 0
  const startMs = instantOf(2026, 11, 22, 2 * 60 * minuteMs)
  const done: string[] = []
  const told: string[] = []
  const rows: unknown[] = []
  let damaged = false
  let mends: string | null = null
  let fault: LaneFault | null = null
  const scheduler = new CopyScheduler({
    runtime: {
      nowMs: () => (startMs + monoMs) as InstantMs,
      append(drafts) {
        rows.push(...drafts.map(({ body }) => body))
        return []
      },
      trace: () => undefined,
    },
    mono: {
      nowUs: () => monoMs * 1000,
      after: (ms, run) => {
        due = { atMs: monoMs + ms, run }
        return () => (due = null)
      },
    },
    service: {
      copyOut: ({ begin }) => {
        if (fault !== null) return Promise.reject(fault)
        done.push(begin ? 'begin' : 'copy')
        return Promise.resolve({ ...found, file: 'f', mends, isWhole: begin, rows: 1 })
      },
      copyTest: () => {
        if (damaged) return Promise.reject(new LaneFault('COPY-02', { file: 'f', note: 'cut' }))
        done.push('test')
        return Promise.resolve({ ...found, rows: 7 })
      },
    },
    plan: given,
    night: 3,
    key: () => ({ id: '0011aabb', madeAtIso: 'once' }),
    onFault: ({ code }) => void told.push(code),
  })
  return {
    scheduler,
    done,
    told,
    rows,
    damages: () => (damaged = true),
    finds: (file: string) => (mends = file),
    meets: (code: LaneFault | null) => (fault = code),
    due: () => due?.atMs ?? null,
    /** Goes to the next timer and waits until what it began has ended. */
    async next(): Promise<void> {
      const timer = due
      if (timer === null) throw new Error('nothing is due')
      due = null
      monoMs = timer.atMs
      timer.run()
      await vi.waitFor(() => expect(due).not.toBeNull())
    },
  }
}

describe('copies', () => {
  it('go out each quarter of an hour, and one is restored by test in the hour of the night', async () => {
    const lot = made()
    for (let quarter = 0; quarter < 12; quarter++) await lot.next()
    expect(lot.done.filter((one) => one === 'copy')).toHaveLength(12)
    expect(lot.done.filter((one) => one === 'test')).toHaveLength(1)
    expect(lot.rows).toMatchObject([{ type: 'copyRestoredByTest' }])
    expect(lot.due()).toBe(90_000 + 12 * 15 * minuteMs)
    const view = { place: found.place, headSeq: 7, headHash: found.headHash, atIso: 'then' }
    expect(lot.scheduler.view()).toEqual({
      keyId: '0011aabb',
      keyMadeAtIso: 'once',
      to: '/second',
      hostKey: null,
      last: view,
      tested: view,
      running: false,
      fault: null,
    })
  })

  it('that fail are told once and tried again at the next quarter', async () => {
    const lot = made()
    lot.meets(new LaneFault('COPY-01', { file: '/second', note: 'gone' }))
    await lot.next()
    await lot.next()
    expect(lot.told).toEqual(['COPY-01'])
    expect(lot.scheduler.view().fault).toEqual({ code: 'COPY-01', note: '/second: gone' })
    lot.meets(null)
    await lot.next()
    expect(lot.scheduler.view()).toMatchObject({ fault: null, last: { headSeq: 7 } })
  })

  it('that a person asked for leave their fault, and rows behind what is damaged do not end it', async () => {
    const lot = made()
    lot.meets(new LaneFault('COPY-02', { file: 'copies.jsonl', field: 'line 3' }))
    await expect(lot.scheduler.now(false)).rejects.toThrow('COPY-02')
    expect(lot.scheduler.view().fault).toEqual({ code: 'COPY-02', note: 'copies.jsonl: line 3' })
    lot.meets(null)
    lot.damages()
    await expect(lot.scheduler.test()).rejects.toThrow('COPY-02')
    await lot.scheduler.now(false)
    expect(lot.scheduler.view().fault).toEqual({ code: 'COPY-02', note: 'f: cut' })
    await lot.scheduler.now(true)
    expect(lot.scheduler.view().fault).toBeNull()
    expect(lot.told).toEqual(['COPY-02'])
  })

  it('that are whole because one was cut say so, and leave no fault', async () => {
    const lot = made()
    lot.finds('00002-rows.etcseal')
    await lot.next()
    expect(lot.told).toEqual(['COPY-02'])
    expect(lot.scheduler.view()).toMatchObject({ fault: null, last: { headSeq: 7 } })
  })

  it('wait for each other when a person asks', async () => {
    const lot = made()
    await Promise.all([lot.scheduler.now(true), lot.scheduler.test()])
    expect(lot.done).toEqual(['begin', 'test'])
  })

  it('are none where the lot names no place: nothing is due, and who asks is told', async () => {
    const lot = made(null)
    expect(lot.due()).toBeNull()
    await expect(lot.scheduler.now(false)).rejects.toThrow('COPY-01')
    await expect(lot.scheduler.test()).rejects.toThrow('COPY-01')
  })

  it('go to another place from its choice on, of which nothing is known yet', async () => {
    const lot = made()
    await lot.next()
    lot.meets(new LaneFault('COPY-01', { note: 'gone' }))
    await lot.next()
    lot.meets(null)
    const [to, hostKey] = ['sftp://lot@nas/copies', 'SHA256:x']
    lot.scheduler.moveTo({ ...plan, to, hostKey })
    const unknown = { last: null, tested: null, fault: null }
    expect(lot.scheduler.view()).toMatchObject({ to, hostKey, ...unknown })
    await lot.next()
    expect(lot.done).toEqual(['copy', 'copy'])
    expect(lot.scheduler.view().last).toMatchObject({ headSeq: 7 })
  })

  it('begin where a lot without a place gets one', async () => {
    const lot = made(null)
    lot.scheduler.moveTo(plan)
    await lot.next()
    expect(lot.done).toEqual(['copy'])
  })

  it('end with the lot', () => {
    const lot = made()
    lot.scheduler.stop()
    expect(lot.due()).toBeNull()
  })
})
