// Every device dot turns grey when its last message is older than ten seconds, and shows the age: checked on
// all pages with old messages, and in the sources, so that a new dot without the common rule is found.
import { describe, expect, it } from 'vitest'
import type { BoardView, DeviceView } from '#lane/calls/views.ts'
import { freshMs } from '#renderer/kit/health.ts'
import { makeRouter } from '#renderer/shell/router.ts'
import { findStates } from '../pages/find/find-views-kit.ts'
import { device, entryLane, lane, status } from '../pages/lane/lane-views.ts'
import { all, named, one, openPage, settle, textOf } from '../kit/page.ts'
import { boardWith, handheld, pile } from '../pages/places/place-views-kit.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'
import { closePage } from '../kit/opened-page.ts'

const sources = Object.entries(
  import.meta.glob<string>('../../../renderer/**/*.{vue,ts}', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).map(([path, text]) => [path.replace('../../../renderer/', ''), text] as const)

describe('in the sources', () => {
  it('a dot is drawn in one place, and its colour is decided by the one rule', () => {
    const drawn = sources.filter(([, text]) => text.includes('●')).map(([path]) => path)
    expect(drawn).toEqual(['components/StateDot.vue'])
    const users = sources.filter(([, text]) => text.includes('/StateDot.vue'))
    expect(users.length).toBeGreaterThan(1)
    const own = users.filter(([, text]) => !/\buse(?:Health|BoardDot)\b/.test(text))
    expect(own.map(([path]) => path)).toEqual([])
  })
})

const pages = makeRouter()
  .getRoutes()
  .filter(({ redirect }) => redirect === undefined)
  .map(({ path }) => path.replace(/\/:.*\?$/, ''))
  .filter((path) => !path.includes(':'))

/** All devices answer; the last message of each is `heardMsAgo` old. */
function lotWith(heardMsAgo: number, mode: 'demo' | 'workbench'): ScriptedLot {
  const lot = new ScriptedLot()
  const all = (own: DeviceView): DeviceView => (own.state === 'off' ? own : device({ heardMsAgo }))
  const aged = (one: ReturnType<typeof lane>) => ({
    ...one,
    devices: {
      rsu: all(one.devices.rsu),
      camera: all(one.devices.camera),
      barrier: all(one.devices.barrier),
      display: all(one.devices.display),
    },
  })
  const places = [
    pile(),
    handheld({ receiver: { link: 'tcp://192.0.2.30:2947', up: true, heardMsAgo } }),
  ]
  const board: BoardView =
    mode === 'demo'
      ? boardWith({ status: status(), lanes: [entryLane(), lane()], last: [] }, places)
      : {
          status: status({ mode }),
          lanes: [],
          last: [],
          bench: { laneId: 'bench', searching: true, rsu: device({ heardMsAgo }) },
        }
  const connected = { link: 'tcp://192.0.2.9:1', state: 'up', fault: null, heardMsAgo } as const
  lot.places = places
  lot.board = { ...board, lanes: board.lanes.map(aged) }
  lot.find = { ...findStates[mode === 'demo' ? 'lane' : 'normal'], connected }
  return lot
}

/** Dots of devices, without the dots for the board's own state. */
const dots = (): HTMLElement[] =>
  all('.state').filter((dot) => dot.closest('footer.bar, .card h2, li > .row') === null)
const green = (): HTMLElement[] => dots().filter((dot) => dot.querySelector('.ok') !== null)

describe.each(['demo', 'workbench'] as const)('in a %s', (mode) => {
  it.each(pages)('%s has no green dot on old news, and shows its age', async (path) => {
    await openPage(lotWith(freshMs + 2_000, mode), path)
    await settle()
    expect(green()).toEqual([])
    expect(all('.top .dots .state').length).toBeGreaterThan(0)
    for (const dot of dots())
      if (dot.innerText !== '') expect(dot.innerText).toMatch(/12 秒|未配置/)
  })

  it('has green dots on fresh news', async () => {
    await openPage(lotWith(400, mode), '/devices/find')
    await settle()
    expect(green().length).toBeGreaterThan(0)
  })
})

it('the dots of a find page and of a place follow the rule', async () => {
  await openPage(lotWith(400, 'workbench'), '/devices/find')
  expect(one(named('connected')).querySelector('.ok')).not.toBeNull()
  closePage()
  await openPage(lotWith(freshMs + 2_000, 'workbench'), '/devices/find')
  expect(one(named('connected')).querySelector('.ok')).toBeNull()
  expect(textOf('connected')).toContain('12 秒前有应答')
})
