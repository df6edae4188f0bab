// Bugs planted into the window's modules: each check finds nothing in the real modules and
// finds the bug. A check that passes both ways is useless (the money bugs are in test/planted).
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import { boards, device, lane, status } from '../pages/lane/lane-views.ts'
import { ScriptedLot } from './scripted-lot.ts'
import { staysToCheck } from '../pages/stays/stays-view.ts'

/** Opens a page with freshly loaded modules, so that it imports the planted one. */
async function opened(lot: ScriptedLot, path: string) {
  const page = await import('./page.ts')
  const app = await page.openPage(lot, path)
  await page.settle()
  return { page, close: () => app.unmount() }
}
const board = (over: Partial<BoardView>): BoardView => ({ ...boards.normal, ...over })

/** Number of green dots in a lane whose devices were last heard 12 s ago. */
async function greenOnOldNews(): Promise<number> {
  const lot = new ScriptedLot()
  const old = device({ heardMsAgo: 12_000 })
  const devices = { rsu: old, camera: old, barrier: old, display: old }
  lot.board = board({ status: status(), lanes: [lane({ devices })] })
  const { page, close } = await opened(lot, '/queue')
  const green = page.all('.top .dots .ok').length
  close()
  return green
}

/** Whether the title calls a boom open that no input reported as open. */
async function saysOpened(): Promise<boolean> {
  const lot = new ScriptedLot()
  const closed = { position: 'closed', arrive: 'on', under: 'off' } as const
  lot.board = board({ lanes: [lane({ state: 'opening', barrier: closed })] })
  const { page, close } = await opened(lot, '/lane')
  const title = page.one(page.named('lane-state')).innerText
  close()
  return title === '抬杆放行'
}

/** Queries of a newly opened records page that are not limited to one day. */
async function unboundQueries(): Promise<number> {
  const lot = new ScriptedLot()
  const { close } = await opened(lot, '/ledger')
  const queries = lot.sent('ledger.query')
  close()
  if (queries.length === 0) throw new Error('the page asked for nothing')
  return queries.filter(({ args: { from, to } }) => {
    const spanMs = Date.parse(String(to)) - Date.parse(String(from))
    return spanMs !== 86_400_000
  }).length
}

/** Whether the number of items to check leaves out money that no platform has. */
async function hidesMoney(): Promise<boolean> {
  const lot = new ScriptedLot()
  const only = { ...staysToCheck, count: 0, rows: [], pairs: [], charges: [], refunds: [] }
  lot.answers('stays.toCheck', only)
  const { page, close } = await opened(lot, '/ledger')
  const text = page.one(page.named('to-check')).innerText
  close()
  return !text.includes('1')
}

const real = async <T>(load: () => Promise<unknown>): Promise<T> => (await load()) as T

afterEach(() => {
  vi.doUnmock('#renderer/kit/health.ts')
  vi.doUnmock('#renderer/pages/lane/lane-title.ts')
  vi.doUnmock('#renderer/pages/ledger/ledger-search.ts')
  vi.doUnmock('#renderer/kit/lists/to-check.ts')
  vi.resetModules()
})

describe('a planted bug of the window', () => {
  it('is in none of the modules as they are', async () => {
    expect(await greenOnOldNews()).toBe(0)
    expect(await saysOpened()).toBe(false)
    expect(await unboundQueries()).toBe(0)
    expect(await hidesMoney()).toBe(false)
  })

  it('a dot that stays green on old news is found', async () => {
    type Health = typeof import('#renderer/kit/health.ts')
    vi.doMock('../../../renderer/kit/health.ts', async (load) => {
      const own = await real<Health>(load)
      // Ignores the age, so that the last state counts for ever.
      const useHealth: Health['useHealth'] = () => {
        const { dotOf } = own.useHealth()
        return { dotOf: (view) => dotOf({ ...view, heardMsAgo: 0 }, 0) }
      }
      return { ...own, useHealth }
    })
    expect(await greenOnOldNews()).toBeGreaterThan(0)
  })

  it('a title that says opened on a dead barrier is found', async () => {
    vi.doMock('../../../renderer/pages/lane/lane-title.ts', async (load) => ({
      ...(await real<object>(load)),
      laneTitle: ({ state }: { state: string }) => state,
    }))
    expect(await saysOpened()).toBe(true)
  })

  it('a filter left empty that shows other days is found', async () => {
    type Search = typeof import('#renderer/pages/ledger/ledger-search.ts')
    vi.doMock('../../../renderer/pages/ledger/ledger-search.ts', async (load) => {
      const own = await real<Search>(load)
      const filterOf: Search['filterOf'] = (searchForm, offset) => {
        const { from: _from, ...rest } = own.filterOf(searchForm, offset)
        return searchForm.plate === '' ? rest : own.filterOf(searchForm, offset)
      }
      return { ...own, filterOf }
    })
    expect(await unboundQueries()).toBeGreaterThan(0)
  })

  it('a count that leaves money out is found', async () => {
    vi.doMock('../../../renderer/kit/lists/to-check.ts', () => ({
      countOf: ({ count }: { count: number }) => count,
    }))
    expect(await hidesMoney()).toBe(true)
  })
})
