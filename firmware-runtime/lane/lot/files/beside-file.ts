// Checks what lot.json names beside the devices of the lanes: printers, scanners, guidance boards, calls for help, and the platform that
// reserves bays. Refusals name field and value; an accepted printer or scanner can be opened.
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { isHidLink, parseHidLink } from '#base/pure/links/hid-link.ts'
import { isKeyLink, parseKeyLink } from '#base/pure/links/key-link.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'
import { isLpLink, parseLpLink } from '#base/pure/links/lp-link.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { countsCars } from '../../pure/lot/free-spaces.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { lotWhy } from '../lot-why.ts'
import { sensorInputOf } from '#devices/pure/detector/contacts/link.ts'
import { displayConfigOf, standardDisplay } from '#devices/pure/display/olm/config.ts'
import { isProfileId, linkQuery } from '#devices/pure/link-query.ts'

type IsReal = (url: string) => boolean

/** Devices of this machine, which no simulator replaces. */
const isDevice = (url: string): boolean =>
  isHidLink(url) || isKeyLink(url) || /^usblp:(\/dev\/|\\\\)/.test(url)

const printerForms = t(
  'tcp://host:port、serial:PATH 或 usblp:PATH',
  'tcp://host:port, serial:PATH or usblp:PATH',
)
const printerShape = /^(tcp:\/\/[^\s/?]+:\d{1,5}|serial:[^?\s]+)(\?[\w=&./-]*)?$/
const scannerForms = 'tcp://host:port, serial:PATH, hid:VVVV:PPPP or evdev:PATH'
const scannerShape = /^(tcp:\/\/[^\s/?]+:\d{1,5}|(?:serial|hid|evdev):[^?\s]+)(\?[\w=&./-]*)?$/
const boardForms = t('tcp://host:port 或 serial:PATH', 'tcp://host:port or serial:PATH')
const boardShape = /^(tcp:\/\/[^\s/?]+:\d{1,5}|serial:[^?\s]+)(\?[\w=&.-]*)?$/
const noPart = t('要写路段,或写了车位数的区域', 'it is a street, or an area whose spaces are known')
const noLane = t('没有这条车道', 'there is no such lane')

interface Beside {
  readonly id: string
  readonly link: string
}

/** Each id once, a link that can be opened, and no real device in a demo; then what is special to the kind. */
function checkEach<T extends Beside>(
  list: readonly T[],
  member: string,
  refusesDevice: (url: string) => boolean,
  parse: (url: string, field: string, refuse: (note: Why) => LaneFault) => void,
  special: (one: T, at: string) => void,
): void {
  const seen = new Set<string>()
  list.forEach((one, i) => {
    const at = `/${member}/${i}`
    if (seen.has(one.id)) throw new LaneFault('LOT-04', { field: `${at}/id`, value: one.id })
    seen.add(one.id)
    const [field, value] = [`${at}/link`, one.link]
    const refuse = (note: Why): LaneFault => new LaneFault('LOT-03', { field, value, note })
    parse(value, field, refuse)
    const profile = linkQuery(value, 'profile')
    if (profile !== null && !isProfileId(profile))
      throw refuse(t('profile 写作 vendor/model', 'profile is vendor/model'))
    if (refusesDevice(value))
      throw new LaneFault('LOT-05', {
        field,
        value,
        note: t('演示停车场不碰真实设备', 'a demo lot does not use real devices'),
      })
    special(one, at)
  })
}

function checkPrinters({ printers = [], lanes }: LotConfig, refused: IsReal): void {
  const laneIds = new Set(lanes.map((lane) => lane.id))
  checkEach(
    printers,
    'printers',
    refused,
    (value, field, refuse) => {
      if (isLpLink(value)) parseLpLink(value, field)
      else if (!printerShape.test(value)) throw refuse(printerForms)
      else parseLinkUrl(value, field)
    },
    (printer, at) =>
      printer.lanes?.forEach((lane, n) => {
        if (laneIds.has(lane)) return
        throw new LaneFault('LOT-02', { field: `${at}/lanes/${n}`, value: lane, note: noLane })
      }),
  )
}

function checkScanners({ scanners = [], lanes }: LotConfig, refused: IsReal): void {
  const served = new Set<string>()
  checkEach(
    scanners,
    'scanners',
    refused,
    (value, field, refuse) => {
      if (!scannerShape.test(value)) throw refuse(scannerForms)
      if (isHidLink(value)) parseHidLink(value, field)
      else if (isKeyLink(value)) parseKeyLink(value, field)
      else parseLinkUrl(value, field)
    },
    (scanner, at) => {
      const lane = lanes.find((one) => one.id === scanner.lane)
      const note =
        lane === undefined
          ? noLane
          : lane.direction !== 'exit' || lane.place !== undefined
            ? t('那条车道不收费', 'no payment is taken in that lane')
            : served.has(scanner.lane)
              ? t('那条车道已有扫码器', 'that lane already has a scanner')
              : null
      if (note !== null)
        throw new LaneFault('LOT-02', { field: `${at}/lane`, value: scanner.lane, note })
      served.add(scanner.lane)
    },
  )
}

/** A board has the links of a display, and a part whose free spaces are known. */
function checkBoards(lot: LotConfig, refused: IsReal): void {
  const { boards = [], areas = [], streets = [] } = lot
  const parts = new Set([...areas, ...streets].map(({ name }) => name))
  checkEach(
    boards,
    'boards',
    refused,
    (value, field, refuse) => {
      if (!boardShape.test(value)) throw refuse(boardForms)
      parseLinkUrl(value, field)
      displayConfigOf(value, field, standardDisplay)
    },
    ({ part, id }, at) => {
      if (part !== undefined && !parts.has(part))
        throw new LaneFault('LOT-02', { field: `${at}/part`, value: part, note: noPart })
      if (!countsCars(lot))
        throw new LaneFault('LOT-02', { field: at, value: id, note: lotWhy.countsNone })
    },
  )
}

/** Who is informed when a person is called at a lane, and the buttons that call. */
function checkHelp({ help, lanes, mode }: LotConfig, isReal: IsReal): void {
  const demo = (field: string, value: string): void => {
    if (mode === 'demo' && isReal(value))
      throw new LaneFault('LOT-05', {
        field,
        value,
        note: t('演示停车场不呼叫外部', 'a demo lot makes no calls outside'),
      })
  }
  if (help?.hook !== undefined) demo('/help/hook/url', help.hook.url)
  help?.buttons?.forEach(({ lane, link }, i) => {
    const field = `/help/buttons/${i}`
    if (!lanes.some(({ id }) => id === lane))
      throw new LaneFault('LOT-02', { field: `${field}/lane`, value: lane, note: noLane })
    if (sensorInputOf(link, `${field}/link`).board === null)
      throw new LaneFault('LOT-03', {
        field: `${field}/link`,
        value: link,
        note: t('它自己的板卡', 'it needs a board of its own'),
      })
    demo(`${field}/link`, link)
  })
}

/** The platform that reserves bays, its connection, and the number of bays that it may reserve. */
function checkReservation({ reservation, capacity, mode }: LotConfig, isReal: IsReal): void {
  if (reservation === undefined) return
  const { broker, url, spaces } = reservation
  if (spaces > capacity)
    throw new LaneFault('LOT-02', {
      field: '/reservation/spaces',
      value: String(spaces),
      note: t(`车位总数为 ${capacity}`, `the lot has ${capacity} spaces`),
    })
  if (broker.startsWith('mqtt:') && isReal(broker))
    throw new LaneFault('LOT-02', {
      field: '/reservation/broker',
      value: broker,
      note: t('网络上只用 mqtts', 'on a network only mqtts is allowed'),
    })
  for (const [name, value] of Object.entries({ broker, url }))
    if (mode === 'demo' && value !== undefined && isReal(value))
      throw new LaneFault('LOT-05', {
        field: `/reservation/${name}`,
        value,
        note: t('演示停车场不接预约平台', 'a demo lot does not join a reservation platform'),
      })
}

export function checkBeside(lot: LotConfig, isReal: IsReal): void {
  const refused: IsReal = (url) => lot.mode === 'demo' && (isReal(url) || isDevice(url))
  checkPrinters(lot, refused)
  checkScanners(lot, refused)
  checkBoards(lot, refused)
  checkHelp(lot, isReal)
  checkReservation(lot, isReal)
}
