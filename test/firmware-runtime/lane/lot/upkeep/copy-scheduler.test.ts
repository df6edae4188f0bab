// Copies every quarter of an hour by the test's clock, the nightly test of a copy beside them, and faults that stop
// nothing.
import { describe, expect, it } from 'vitest'
import { CopyScheduler, type KeptTest } from '#lane/lot/upkeep/copy-scheduler.ts'
import { copyRoom, type CopyRoom } from '#ledger/pure/lot/disk-forecast.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { instantOf, type InstantMs } from '#base/pure/values/instant.ts'
import type {
  CopyDamage,
  CopyPlan,
  PhotoCopyService,
  PhotosBack,
} from '#ledger/ports/copy-service.ts'
import { eventually } from '../../../../kit/eventually.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'

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

/** Photos at a target that stores one per slice, and restores one per slice as well. */
class Photos {
  left = 0
  count = 0
  over = ''
  damaged: CopyDamage[] = []
  fault: LaneFault | null = null
  onSend: () => void = () => undefined
  back: PhotosBack | null = null
}

function photoService(photos: Photos, done: string[]): PhotoCopyService {
  const must = (what: string): void => {
    if (photos.fault !== null) throw photos.fault
    done.push(what)
  }
  return {
    sendPhotos: async () => {
      if (photos.left > 0) must('send')
      const sent = Math.min(photos.left, 1)
      photos.left -= sent
      photos.onSend()
      photos.count += sent
      const day = { day: '2026-03-01', photos: photos.count, bytes: 100 * photos.count }
      const days = [{ ...day, newest: '20260301-080000-exit-1', isHere: false }]
      const { left, damaged } = photos
      return { place: 'p', sent, left, days, isCounted: left === 0, hasMore: left > 0, damaged }
    },
    checkPhotos: async () => {
      done.push('check')
      return { place: 'p', opened: 1, damaged: photos.damaged }
    },
    dropPhotos: async (_plan, day) => {
      done.push(`drop ${day}`)
      photos.count = 0
      return { files: 1, bytes: 100 }
    },
    bringPhotos: async () => {
      must('bring')
      const { back } = photos
      if (back === null) return null
      const brought = back.brought + 1
      photos.back = { ...back, brought, isEnded: brought === back.count }
      return photos.back
    },
  }
}

function made(
  given: CopyPlan | null = plan,
  back: PhotosBack | null = null,
  before: KeptTest | null = null,
) {
  const kept: (KeptTest | null)[] = []
  let due: { atMs: number; run: () => void } | null = null
  let monoMs = 0
  const startMs = instantOf(2026, 11, 22, 2 * 60 * minuteMs)
  const done: string[] = []
  const told: string[] = []
  const rows: unknown[] = []
  const photos = new Photos()
  photos.back = back
  let damaged = false
  let mends: string | null = null
  let fault: LaneFault | null = null
  let room: (days: number) => CopyRoom | undefined = () => undefined
  const mono: MonoClock = {
    nowUs: () => monoMs * 1000,
    after: (ms, run) => {
      due = { atMs: monoMs + ms, run }
      return () => (due = null)
    },
  }
  const scheduler = new CopyScheduler({
    runtime: {
      nowMs: () => (startMs + monoMs) as InstantMs,
      append(drafts) {
        rows.push(...drafts.map(({ body }) => body))
        return []
      },
      trace: () => undefined,
    },
    mono,
    tasks: sideTasks(mono),
    service: {
      copyOut: ({ begin }) => {
        if (fault !== null) return Promise.reject(fault)
        done.push(begin ? 'begin' : 'copy')
        const left = room(monoMs / (24 * 60 * minuteMs))
        const copy = { ...found, file: 'f', mends, isWhole: begin, rows: 1 }
        return Promise.resolve(left === undefined ? copy : { ...copy, room: left })
      },
      copyTest: () => {
        if (damaged) return Promise.reject(new LaneFault('COPY-02', { file: 'f', note: 'cut' }))
        done.push('test')
        return Promise.resolve({ ...found, rows: 7, opened: 2, older: 3 })
      },
      ...photoService(photos, done),
    },
    photosBack: () => photos.back,
    photosOver: (days) =>
      days.filter(({ day }) => photos.over === day).map(({ day }) => ({ day, why: 'age' })),
    plan: given,
    night: 3,
    kept: { read: () => before, keep: (one) => void kept.push(one) },
    key: () => ({ id: '0011aabb', madeAtIso: 'once' }),
    onFault: ({ code }) => void told.push(code),
  })
  return {
    scheduler,
    photos,
    done,
    kept,
    told,
    rows,
    damages: () => (damaged = true),
    finds: (file: string) => (mends = file),
    meets: (code: LaneFault | null) => (fault = code),
    has: (by: typeof room) => (room = by),
    /** Two copies by a person on each of so many days. */
    async days(count: number): Promise<void> {
      for (let day = 0; day < count; day++) {
        monoMs += 24 * 60 * minuteMs
        await scheduler.now(false)
        await scheduler.now(false)
      }
    },
    due: () => due?.atMs ?? null,
    /** Advances to the next timer and waits until its work has ended. */
    async next(): Promise<void> {
      const timer = due
      if (timer === null) throw new Error('nothing is due')
      due = null
      monoMs = timer.atMs
      timer.run()
      await eventually(() => due).not.toBeNull()
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
      // Photos that opened are listed; those that did not open are counted.
      tested: {
        ...view,
        testedAtIso: '2026-11-22T03:01:30.000+08:00',
        opened: 2,
        older: 3,
        photos: { opened: 1, damaged: { count: 0, files: [] } },
      },
      photos: {
        there: { count: 0, bytes: 0, newestIso: '2026-03-01T08:00:00+08:00', isCounted: true },
        left: 0,
        damaged: { count: 0, files: [] },
        back: null,
      },
      running: false,
      fault: null,
    })
  })

  it('are known to be tested after a start, of their own place alone', async () => {
    const lot = made()
    await lot.scheduler.test()
    const { tested } = lot.scheduler.view()
    expect(lot.kept.at(-1)).toEqual({ to: '/second', tested })
    const kept = lot.kept.at(-1) ?? null
    expect(made(plan, null, kept).scheduler.view().tested).toEqual(tested)
    expect(made({ ...plan, to: '/third' }, null, kept).scheduler.view().tested).toBeNull()
    lot.scheduler.moveTo({ ...plan, to: '/third' })
    expect(lot.kept.at(-1)).toBeNull()
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

  const [ext4, fat] = [0xef53, 0x4d44]
  it.each<[string, (days: number) => CopyRoom | undefined, string | null]>([
    [
      'a stick that takes 500 MB a day',
      (days) => ({ freeMb: 20_000 - 500 * days }),
      'in about 34 days',
    ],
    ['room for half a year', (days) => ({ freeMb: 90_000 - 500 * days }), null],
    ['a place that does not fill', () => ({ freeMb: 900 }), null],
    [
      'FAT32, with a ledger of 3.5 GB',
      (days) => copyRoom(fat, 60_000, 3_500 + Math.round(16 * days)),
      'in about 31 days the ledger has 4 GB, more than a file on FAT32: use a disk with exFAT or NTFS',
    ],
    ['FAT32, with a ledger of 1 GB', (days) => copyRoom(fat, 60_000, 1_000 + 16 * days), null],
    ['FAT32 that is full first', (days) => copyRoom(fat, 500 - 16 * days, 900), 'in about 25 days'],
    ['FAT32, with a ledger that is too large', () => copyRoom(fat, 60_000, 5_000), null],
    ['ext4, with such a ledger', (days) => copyRoom(ext4, 60_000, 3_500 + 16 * days), null],
    ['a server, which does not say', () => undefined, null],
  ])('to %s: told a month before it is full, and once a day', async (_, room, note) => {
    const lot = made()
    lot.has(room)
    await lot.days(6)
    expect(lot.scheduler.view().fault?.note ?? null).toBe(note)
    expect(lot.told).toEqual(note === null ? [] : ['COPY-17', 'COPY-17', 'COPY-17'])
    lot.has(() => ({ freeMb: 80_000 }))
    await lot.days(2)
    expect(lot.scheduler.view().fault).toBeNull()
    lot.has(room)
    await lot.days(6)
    lot.scheduler.moveTo({ ...plan, to: '/third' })
    expect(lot.scheduler.view().fault).toBeNull()
  })

  it('that a person tests answer what was looked at, photos too', async () => {
    const lot = made()
    const file = 'photos/2026-03-01/a.etcseal'
    lot.photos.damaged = [{ file, why: 'cut' }]
    const photos = { opened: 1, damaged: { count: 1, files: [{ file, why: 'cut' }] } }
    expect(await lot.scheduler.test()).toMatchObject({ headSeq: 7, opened: 2, older: 3, photos })
    expect(lot.scheduler.view().tested).toMatchObject({ photos })
    expect(lot.told).toEqual(['COPY-13'])
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
    expect(lot.done).toEqual(['begin', 'test', 'check'])
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

describe('photos', () => {
  it('follow the ledger in slices, and a copy that is asked for goes between two', async () => {
    const lot = made()
    lot.photos.left = 3
    let asked: Promise<unknown> | null = null
    lot.photos.onSend = () => {
      asked ??= lot.scheduler.now(false)
    }
    await lot.next()
    await eventually(() => lot.photos.left).toBe(0)
    expect(lot.done).toEqual(['copy', 'send', 'copy', 'send', 'send'])
    await eventually(() => lot.scheduler.view().running).toBe(false)
    const there = { count: 3, bytes: 300, isCounted: true }
    expect(lot.scheduler.view().photos).toMatchObject({ there, left: 0, back: null })
  })

  it('are not sent where the ledger did not go, and are told once where they do not go', async () => {
    const lot = made()
    lot.photos.left = 1
    lot.meets(new LaneFault('COPY-01', { file: '/second', note: 'gone' }))
    await lot.next()
    expect(lot.done).toEqual([])
    lot.meets(null)
    lot.photos.fault = new LaneFault('COPY-10', { file: '/second', note: 'full' })
    await lot.next()
    await eventually(() => lot.told).toEqual(['COPY-01', 'COPY-10'])
    await lot.next()
    await eventually(() => lot.scheduler.view().running).toBe(false)
    expect(lot.told).toEqual(['COPY-01', 'COPY-10'])
    expect(lot.scheduler.view()).toMatchObject({ fault: { code: 'COPY-10' }, last: found })
    lot.photos.fault = null
    await lot.next()
    await eventually(() => lot.scheduler.view().fault).toBeNull()
  })

  it('go there as well when their day is over, with a row', async () => {
    const lot = made()
    lot.photos.left = 1
    lot.photos.over = '2026-03-01'
    await lot.next()
    await eventually(() => lot.done).toContain('drop 2026-03-01')
    await eventually(() => lot.rows).toHaveLength(1)
    const detail = '2026-03-01 files=1 bytes=100 why=age'
    expect(lot.rows).toEqual([{ type: 'photoCopiesDeleted', detail }])
    expect(lot.scheduler.view().photos.there).toMatchObject({ count: 0 })
  })

  it('come back after a restore, also where no copy goes anywhere, and end with a row', async () => {
    const lot = made(null, { count: 2, brought: 0, damaged: [], isEnded: false })
    expect(lot.scheduler.view().photos.back).toMatchObject({ brought: 0, isEnded: false })
    await lot.next()
    await eventually(() => lot.rows).toHaveLength(1)
    expect(lot.rows).toEqual([{ type: 'photosBack', detail: 'brought=2 of=2 damaged=0' }])
    expect(lot.done).toEqual(['bring', 'bring'])
    expect(lot.scheduler.view().photos.back).toMatchObject({ brought: 2, isEnded: true })
  })

  it('that do not come are told until a person leaves them', async () => {
    const lot = made(plan, { count: 2, brought: 0, damaged: [], isEnded: false })
    lot.photos.fault = new LaneFault('COPY-14', { file: '/stick', note: 'gone' })
    await lot.next()
    await eventually(() => lot.told).toEqual(['COPY-14'])
    expect(lot.scheduler.view().fault?.code).toBe('COPY-14')
    const leave = (): boolean => {
      lot.photos.back = { count: 2, brought: 0, damaged: [], isEnded: true }
      return true
    }
    expect(await lot.scheduler.leave(leave)).toBe(true)
    expect(lot.scheduler.view()).toMatchObject({ fault: null, photos: { back: { isEnded: true } } })
  })

  it('that do not open in the night are named', async () => {
    const lot = made()
    lot.photos.damaged = [{ file: 'photos/2026-03-01/a.etcseal', why: 'changed' }]
    await lot.scheduler.test()
    await eventually(() => lot.told).toEqual(['COPY-13'])
    const { damaged } = lot.scheduler.view().photos
    expect(damaged).toEqual({ count: 1, files: lot.photos.damaged })
  })
})
