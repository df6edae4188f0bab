// The Chinese window is completely Chinese: every screen, list and dialog is opened with demo data,
// and each run of Latin letters must be a code, a unit, a key or a proper name listed here.
import { meansWords } from '#base/pure/values/payment-means.ts'
import { expect, test } from 'vitest'
import type { PassportDriftView } from '#devices/calls/passport-views.ts'
import type { FirstCarPhase } from '#ledger/pure/lot/first-car.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { useLayers } from '#renderer/kit/state/layers-store.ts'
import { boards, car, device, entryLane, events, lane } from '../pages/lane/lane-views.ts'
import { findStates } from '../pages/find/find-views-kit.ts'
import { all, openPage, settle, press, click, hit } from '../kit/page.ts'
import { firstCar, passportDrift, powerRow } from '../pages/passport/passport-views.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'
import { barred, boardWith, placeStates } from '../pages/places/place-views-kit.ts'
import { tuneViews } from '../pages/tune/tune-views-kit.ts'
import { closePage } from '../kit/opened-page.ts'

/** What may occur unchanged in a Chinese sentence. */
const mayStand: readonly RegExp[] = [
  /\/etc\/udev\/rules\.d\/[\w-]+\.rules/g,
  /\b[A-Z]+-\d{2}\b/g,
  // Names of techniques, products, languages and frame variants.
  /\b(ETC|OBU|RSU|PSAM|TAC|EIRP|HTTP|DHCP|Request-ID|Studio|Lane|etc-lane|Digest|BST|English|generic-(?:bcc|ver|len)|CSV|Excel|ONVIF|SADP|mDNS|HID|PARAM_ERROR|SUCCESS|ping)\b/g,
  // Links, systems, drivers and programs that hold a port, and the udev rule that grants access.
  /\b(serial:\S+|USB|NUL|Windows|Linux|WCH|cdc_acm|minicom|pcapng)/g,
  /\b[A-Z]+==?"[\w*]+"/g,
  // Keys, and units with a number before them.
  /\b(Ctrl|Shift|Alt|Esc|Tab|Enter|F\d{1,2}|[A-Z])\b/g,
  /\b(ms|km|dBm?|GHz|MHz|MB|GB|min|kbd)\b/g,
  // Extensions of file names.
  /\.(?:json|pem)\b/g,
  // Codes and ids: with a digit, a dash or a dot; hex; fault codes; addresses and paths.
  /[A-Za-z]+:\/\/[^\s]+|\/[\w./-]+/g,
  /\b[A-Za-z]*[\d][\w.-]*\b/g,
  /\b[A-Z]{2,}-[\w-]+/g,
  /\b[0-9a-f]{8,}\b/g,
]
/** Raw bytes, names and decoded members of antenna frames are in the device's own language. */
const ownLanguage = 'style, script, code, kbd, .frames, datalist, [data-test="frame-list"]'
const readAttributes = ['title', 'aria-label', 'placeholder', 'alt']

function leftOver(text: string): string[] {
  const rest = mayStand.reduce((left, allowed) => left.replaceAll(allowed, ' '), text)
  return rest.match(/[A-Za-z]{2,}[A-Za-z ]*/g) ?? []
}

/** Every text that is readable now, with its part that is not Chinese. */
function notChinese(where: string): string[] {
  const found = new Set<string>()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent === null || parent.closest(ownLanguage) !== null) continue
    for (const word of leftOver(node.textContent ?? '')) found.add(`${where}: ${word.trim()}`)
  }
  for (const name of readAttributes)
    for (const element of all(`[${name}]`))
      for (const word of leftOver(element.getAttribute(name) ?? ''))
        found.add(`${where} ${name}: ${word.trim()}`)
  return [...found]
}

const at = '2026-03-14T10:15:20+08:00'
const tables: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  deduction: [
    { intentAtIso: at, plate: '测A12345', amountFen: 5, state: 'unknown', upload: 'sending' },
  ],
  payment: [
    ...Object.keys(meansWords('zh')).map((means) => ({
      atIso: at,
      laneId: 'exit',
      amountFen: 5,
      means,
      by: '测试员',
      reason: '现金',
    })),
  ],
  refund: [{ askedAtIso: at, amountFen: 5, state: 'pending', reason: 'late' }],
  event: [
    { atIso: at, laneId: 'exit', type: 'exception', detail: 'plateNotRead' },
    { atIso: at, laneId: 'exit', type: 'passUsed', detail: 'entered' },
    { atIso: at, laneId: 'exit', type: 'audit', detail: 'lane.settle cash' },
    { atIso: at, laneId: '', type: 'boot', detail: 'B' },
    { atIso: at, laneId: 'exit', type: 'barrierArmed', detail: '1f2e3d4c' },
  ],
}

class FullLot extends ScriptedLot {
  override call(name: string, args: unknown) {
    const kind = (args as Record<string, unknown>)['kind']
    const rows = name === 'ledger.query' && typeof kind === 'string' ? tables[kind] : undefined
    return rows === undefined
      ? super.call(name, args)
      : ({ ok: true, data: { rows, next: null } } as const)
  }
}

const notes = [
  'connect ECONNREFUSED 127.0.0.1:8443',
  'no whole answer in 3000 ms',
  'unsigned on status 200',
  'answerDoubted badSignature 200',
  'otherAmount chargedFee 100 200',
  'bodyNotJson',
  'status 502',
  'platform says 500001',
  '200010 missingField',
  'rateLimit',
  'processing',
  'hold busy',
]
const details: readonly (readonly [string, string])[] = [
  ['started', 'all 120 rows, cache otherVersion'],
  ['started', 'cache at row 8, 3 after it'],
  ['started', 'allRowsRead 120 rowsMisfit row 5 names an open stay'],
  ['fault', 'signIn silence noWholeAnswer 3000'],
  ['fault', 'boomLeftOpen'],
  ['fault', 'passInDoubt'],
  ['fault', 'obuUnreadable obuLocked'],
  ['fault', 'signIn silence timeout'],
  ['fault', 'DATA-02 no space left on device'],
  ['fault', 'openTimeout'],
  ['fault', 'notOpened'],
  ['settings', 'kept'],
  ['carLeft', 'emergency'],
]

const lotOf = (): FullLot => {
  const lot = new FullLot()
  const base = lot.records[0]
  if (base !== undefined)
    lot.records = notes.map((note, i) => ({ ...base, outboxId: `U-${i}`, note }))
  lot.events = [
    ...events,
    ...details.map(([type, detail], i) => ({
      seq: 900 + i,
      atIso: at,
      monoUs: i,
      laneId: 'exit',
      stayId: null,
      type,
      detail,
    })),
  ]
  return lot
}

test.each([
  '/lane',
  '/devices/settings',
  '/devices/frames',
  '/devices/workshop',
  '/passport',
  '/survey/files',
  '/survey/order',
  '/profiles',
  '/queue',
  '/stays',
  '/system',
  '/ledger/S-DEMO01-000231',
])('%s', async (path) => {
  i18n.global.locale.value = 'zh'
  await openPage(lotOf(), path)
  const layers = useLayers()
  layers.log = true
  await settle()
  expect(notChinese(path)).toEqual([])
})

test.each(Object.keys(findStates) as (keyof typeof findStates)[])('finding: %s', async (name) => {
  const lot = lotOf()
  lot.find = findStates[name]
  await openPage(lot, '/devices/find')
  await settle()
  expect(notChinese(name)).toEqual([])
})

test.each(Object.keys(tuneViews) as (keyof typeof tuneViews)[])('tuning: %s', async (name) => {
  const lot = lotOf()
  lot.tune = tuneViews[name]
  await openPage(lot, '/devices/tune')
  await settle()
  expect(notChinese(name)).toEqual([])
})

test.each(Object.entries({ ...placeStates, barred: Object.values(barred) }))(
  'piles and handhelds: %s',
  async (name, places) => {
    const lot = lotOf()
    for (const place of places.length === 0 ? [null] : places) {
      lot.places = place === null ? [] : [place]
      lot.board = boardWith(boards.empty, lot.places)
      closePage()
      await openPage(lot, '/devices/places')
      expect(notChinese(name)).toEqual([])
    }
  },
)

const firstCarPhases: readonly FirstCarPhase[] = [
  'armed',
  'ordered',
  'charging',
  'unknown',
  'refused',
  'paid',
  'refundAsked',
  'refunded',
  'refundRejected',
  'byHand',
  'notCharged',
  'stopped',
]

test('a passport that drifted in everything, and a first car in every phase', async () => {
  const lot = lotOf()
  const row = { ...powerRow, title: null, unit: '' }
  const rows: PassportDriftView['rows'] = [
    powerRow,
    { ...row, kind: 'identity', device: 'camera', name: 'link', state: 'gone' },
    { ...row, kind: 'identity', name: 'psam1', before: null, state: 'new' },
    { ...row, kind: 'firmware', name: 'version', now: null, state: 'notTold' },
    { ...row, kind: 'profile', name: 'signature', before: 'unsigned', now: 'signed 测试员' },
  ]
  lot.answers('passport.drift', { ...passportDrift, rows })
  for (const phase of firstCarPhases) {
    const data = { laneId: 'exit', test: { ...firstCar, phase, ask: true } }
    lot.answers('first.state', data)
    closePage()
    await openPage(lot, '/passport')
    expect(notChinese(phase)).toEqual([])
  }
  for (const name of ['make', 'first-ask']) {
    await press(name)
    expect(notChinese(name)).toEqual([])
  }
})

test('every kind of ledger row', async () => {
  await openPage(lotOf(), '/ledger')
  await settle()
  for (const [i, button] of all('.kinds button').entries()) {
    await click(button)
    expect(notChinese(`ledger ${i}`)).toEqual([])
  }
})

test.each(Object.keys(boards) as (keyof typeof boards)[])('the board %s', async (name) => {
  const lot = lotOf()
  lot.board = boards[name]
  await openPage(lot, '/lane')
  await settle()
  expect(notChinese(name)).toEqual([])
})

test('a car that needs a person, devices that are lost, and the three acts', async () => {
  const lot = lotOf()
  const lost = device({ state: 'down', reason: 'simulated', detail: 'simulated' })
  const waiting = car({ manual: 'signInExpired', stayId: null, orderId: null })
  const board: BoardView = {
    ...boards.normal,
    lanes: [
      entryLane(),
      lane({
        state: 'manual',
        car: waiting,
        inDoubt: '测A12345',
        devices: { rsu: lost, camera: lost, barrier: lost, display: lost },
      }),
    ],
  }
  lot.board = board
  await openPage(lot, '/lane')
  await settle()
  expect(notChinese('lane')).toEqual([])
  for (const key of ['F8', 'F9', 'F2', 'F1']) {
    await hit(key)
    expect(notChinese(key)).toEqual([])
    await hit('Escape')
  }
  await hit('Ctrl+k')
  expect(notChinese('palette')).toEqual([])
})
