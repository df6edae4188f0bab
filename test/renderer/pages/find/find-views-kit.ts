// States of the find screen for tests and pictures: empty, ports with every possible fault,
// a running search, a demo, a running lot.
import type {
  FindStateView,
  FindingView,
  LinkReportView,
  PortView,
} from '#devices/calls/find-views.ts'
import { findFaults, type FindCode } from '#base/pure/faults/find-faults.ts'

const finding = (code: FindCode, value: string, note = ''): FindingView => ({
  code,
  weight: 'bad',
  value,
  note,
  ...findFaults[code],
})

const adapter = (vendorId: string, productId: string) => ({
  vendorId,
  productId,
  serialNumber: 'A1',
  manufacturer: '',
})

const port = (path: string, change: Partial<PortView> = {}): PortView => ({
  path,
  stablePath: null,
  usb: null,
  bridge: null,
  state: 'free',
  last: false,
  findings: [],
  ...change,
})

const ch340 = {
  usb: adapter('1a86', '7523'),
  bridge: {
    chip: 'CH340/CH341/CH343',
    driver: { windows: 'CH341SER / CH343SER (WCH)', linux: 'ch341, cdc_acm' },
    note: { zh: '', en: '' },
  },
}

export const findPorts: readonly PortView[] = [
  port('/dev/ttyUSB0', { ...ch340, last: true }),
  port('/dev/ttyUSB1', { usb: adapter('1234', '5678') }),
  port('/dev/ttyUSB2', {
    state: 'held',
    findings: [finding('FIND-03', '/dev/ttyUSB2', 'minicom (4711)')],
  }),
  port('/dev/ttyS0', {
    state: 'forbidden',
    findings: [
      finding(
        'FIND-04',
        '/dev/ttyS0',
        '/etc/udev/rules.d/70-etc-lane.rules: SUBSYSTEM=="tty", KERNEL=="ttyS*", GROUP="dialout"',
      ),
    ],
  }),
]

export const wrongSpeed: LinkReportView = {
  ok: false,
  link: 'serial:/dev/ttyUSB0',
  speeds: [
    {
      baud: 115_200,
      opened: true,
      reason: '',
      bytes: 46,
      framed: 0,
      zeros: 31,
      variant: null,
      codes: [],
      invertedHeads: 0,
      echo: false,
      sampleHex: 'F8F8000000F8008000F8F8800000000000F8F880',
    },
    {
      baud: 460_800,
      opened: true,
      reason: '',
      bytes: 32,
      framed: 32,
      zeros: 15,
      variant: 'generic-bcc',
      codes: ['B0'],
      invertedHeads: 0,
      echo: false,
      sampleHex: 'FFFF08B0000237010000000137010000000200080008',
    },
  ],
  device: {
    link: 'serial:/dev/ttyUSB0?baud=460800&variant=generic-bcc',
    kind: 'rsu',
    variant: 'generic-bcc',
    baud: 460_800,
    identity: { rsuId: '000829', manufacturer: '08', softwareVersion: '0200', status: 'ok' },
    profiles: ['rsu/acme/one'],
  },
  findings: [finding('FIND-05', '115200 → 460800', '46 bytes, 0 framed, 31 NUL')],
}

const normal: FindStateView = {
  place: 'workbench',
  job: null,
  ports: findPorts,
  reports: [wrongSpeed],
  findings: [],
  connected: null,
  autoConnect: false,
  last: {
    link: 'serial:/dev/ttyUSB0?baud=460800&variant=generic-bcc',
    variant: 'generic-bcc',
    atIso: '2026-03-13T10:15:02.000+08:00',
  },
}

export const findStates = {
  normal,
  empty: { ...normal, ports: [], reports: [], last: null },
  busy: {
    ...normal,
    reports: [],
    job: { link: 'serial:/dev/ttyUSB0', done: 0, of: 2, elapsedMs: 5_300 },
    connected: null,
  },
  error: {
    ...normal,
    reports: [
      {
        ok: false,
        link: 'serial:/dev/ttyUSB1',
        speeds: [],
        device: null,
        findings: [finding('FIND-06', '/dev/ttyUSB1', '9600 baud, 0000EFFFFFFFDB00')],
      },
    ],
    connected: {
      link: 'serial:/dev/ttyUSB0?baud=460800&variant=generic-bcc',
      state: 'lost',
      heardMsAgo: null,
      fault: { code: 'LINK-02', note: '' },
    },
  },
  demo: { ...normal, place: 'demo', ports: null, reports: [] },
  lane: { ...normal, place: 'lane', reports: [], last: null },
} as const satisfies Record<string, FindStateView>
